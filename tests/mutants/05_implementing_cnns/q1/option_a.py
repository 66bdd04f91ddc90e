# subtle
answer_q1 = "A"
