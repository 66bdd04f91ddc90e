# %% small_letter
# says: write one capital letter in quotes
answer_q1 = "a"

# %% two_letters
# says: the letters are A, B, C, D
answer_q1 = "AB"
