# subtle
answer_q4 = "A"
