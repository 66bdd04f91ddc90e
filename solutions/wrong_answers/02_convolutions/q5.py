# %% option_a [subtle]
answer_q5 = ""  # "A", "B", "C" or "D"
answer_q5 = "A"

# %% option_b [subtle]
answer_q5 = ""  # "A", "B", "C" or "D"
answer_q5 = "B"

# %% option_c [subtle]
answer_q5 = ""  # "A", "B", "C" or "D"
answer_q5 = "C"
