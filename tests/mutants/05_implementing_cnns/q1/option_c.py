# subtle
answer_q1 = "C"
