# %% lower_case
# says: write one capital letter in quotes, such as answer_q3 = "A"
answer_q3 = "b"


# %% wrong_letter
# passes: whether the letter is right is told after grading
# wrong answer: option_a
