# %% lower_case
# says: answer_q1 is 'b': write one capital letter in quotes, such as answer_q1 = "A"
answer_q1 = "b"


# %% another_option
# passes: which letter is right is told after grading
answer_q1 = "A"
