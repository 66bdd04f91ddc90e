# %% option_a [subtle]
answer_q2 = ""  # "A", "B", "C" or "D"
answer_q2 = "A"

# %% option_b [subtle]
answer_q2 = ""  # "A", "B", "C" or "D"
answer_q2 = "B"

# %% option_d [subtle]
answer_q2 = ""  # "A", "B", "C" or "D"
answer_q2 = "D"
