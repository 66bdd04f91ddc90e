# subtle
answer_q3 = "B"
