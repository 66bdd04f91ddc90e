# %% lower_case
# says: write one capital letter in quotes
answer_q1 = "a"


# %% in_words
# says: write one capital letter in quotes
answer_q1 = "the pixels of the image"
