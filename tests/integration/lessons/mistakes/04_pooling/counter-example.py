# %% found_at_random_where_both_agree
# says: without a negative number ReLU changes nothing
counter_example = np.array([[2, 5], [1, 4]])


# %% differs_but_not_as_asked
# says: with ReLU first, the result is 2, not 3
# wrong answer: other_half_right


# %% zeros_left_out_of_the_average
# says: the zeros that ReLU leaves count in the average: divide by 4
counter_example = np.array([[3, -1], [-1, -1]])


# %% one_row
# says: shape (4,), not (2, 2): two rows of two
# wrong answer: flat


# %% in_quotes
# says: shape (), not (2, 2): two rows of two
counter_example = "[[12, -8], [0, 0]]"
