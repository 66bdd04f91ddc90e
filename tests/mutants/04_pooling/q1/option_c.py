# subtle
answer_q1 = ""  # "A", "B", "C" or "D"
answer_q1 = "C"
