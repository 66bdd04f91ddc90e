# subtle
answer_q1 = "D"
