# %% option_a [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "A"

# %% option_b [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "B"

# %% option_d [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "D"
