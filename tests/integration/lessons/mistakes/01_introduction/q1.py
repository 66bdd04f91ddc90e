# %% small_letter
# says: answer_q1 is 'd': write one capital letter in quotes
answer_q1 = "d"

# %% whole_sentence
# says: the letters are A, B, C, D
answer_q1 = "All of these."

# %% wrong_letter
# passes: the visible test must not tell the right letter; feedback says why it tempts
answer_q1 = "B"
