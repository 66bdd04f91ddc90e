# subtle
answer_q2 = ""  # "A", "B", "C" or "D"
answer_q2 = "C"
