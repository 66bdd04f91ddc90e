# %% caesars_key [subtle]
answer_q1 = "A"

# %% one_for_each_letter [subtle]
answer_q1 = "C"

# %% all_whole_numbers [subtle]
answer_q1 = "D"

# %% writes_the_number
answer_q1 = "25"
