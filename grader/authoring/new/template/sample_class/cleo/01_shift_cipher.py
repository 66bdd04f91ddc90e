# %% q1
answer_q1 = "B"
