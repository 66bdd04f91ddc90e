# subtle
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "A"
