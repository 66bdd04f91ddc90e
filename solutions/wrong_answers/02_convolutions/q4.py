# %% option_a [subtle]
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "A"

# %% option_b [subtle]
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "B"

# %% option_c [subtle]
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "C"
