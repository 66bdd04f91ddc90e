# %% option_b [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "B"

# %% option_c [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "C"

# %% option_d [subtle]
answer_q3 = ""  # "A", "B", "C" or "D"
answer_q3 = "D"
