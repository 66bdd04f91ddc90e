# subtle
answer_q2 = "D"
