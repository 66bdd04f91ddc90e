# %% lower_case
# says: write one capital letter in quotes, such as answer_q1 = "A"
answer_q1 = "b"


# %% wrong_letter
# passes: whether the letter is right is told after grading
# wrong answer: option_c
