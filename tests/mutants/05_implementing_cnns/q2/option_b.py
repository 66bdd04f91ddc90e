# subtle
answer_q2 = "B"
