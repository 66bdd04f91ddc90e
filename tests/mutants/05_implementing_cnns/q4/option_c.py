# subtle
answer_q4 = "C"
