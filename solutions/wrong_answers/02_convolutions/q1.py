# %% option_b [subtle]
answer_q1 = ""  # "A", "B", "C" or "D"
answer_q1 = "B"

# %% option_c [subtle]
answer_q1 = ""  # "A", "B", "C" or "D"
answer_q1 = "C"

# %% option_d [subtle]
answer_q1 = ""  # "A", "B", "C" or "D"
answer_q1 = "D"
