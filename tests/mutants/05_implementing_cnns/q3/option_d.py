# subtle
answer_q3 = "D"
