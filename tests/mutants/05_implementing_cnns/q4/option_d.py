# subtle
answer_q4 = "D"
