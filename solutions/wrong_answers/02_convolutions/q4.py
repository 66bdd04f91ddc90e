# %% option_a [subtle]
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "A"

# %% option_c [subtle]
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "C"

# %% option_d [subtle]
answer_q4 = ""  # "A", "B", "C" or "D"
answer_q4 = "D"
