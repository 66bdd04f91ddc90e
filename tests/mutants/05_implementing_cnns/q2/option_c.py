# subtle
answer_q2 = "C"
