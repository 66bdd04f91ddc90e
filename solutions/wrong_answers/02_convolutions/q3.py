# %% option_a [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "A"

# %% option_c [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "C"

# %% option_d [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "D"
