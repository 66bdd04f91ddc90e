# %% over_everything
# says: returned 0.0625, not [[0.5, -2.875, 2.5], [1, -5.75, 5]]: one mean for each map, not one for all
# wrong answer: all_axes


# %% wrong_axes
# says: which axes are the height and the width?
# wrong answer: axes_two_and_three


# %% a_list
# says: returned a list, not a NumPy array: its shape must be 2 × 3
def global_average(batch):
    return batch.mean(axis=(1, 2)).tolist()


# %% transposed
# says: returned shape (3, 2) where (2, 3) was asked: axes swapped?
# wrong answer: transposed


# %% the_sum
# says: that is the sum
# wrong answer: sum
