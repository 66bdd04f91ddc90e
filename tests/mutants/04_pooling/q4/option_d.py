# subtle
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "D"
