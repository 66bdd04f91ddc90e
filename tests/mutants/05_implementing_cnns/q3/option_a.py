# subtle
answer_q3 = "A"
