# subtle
answer_q5 = ""  # "A", "B", "C" or "D"
answer_q5 = "A"
