# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def pad2d(batch, rows, columns):
    print(np.pad(batch, ((0, 0), rows, columns, (0, 0))))


# %% before_and_after_exchanged
# says: before and after are exchanged
# wrong answer: before_and_after_exchanged


# %% bottom_before_top
# says: top and bottom are exchanged
# wrong answer: rows_upside_down


# %% axes_swapped
# says: `rows` is for axis 1, `columns` for axis 2
# wrong answer: axes_swapped


# %% pairs_of_two_axes_only
# says: does each of the 4 axes have its pair?
# wrong answer: two_pairs_only


# %% pads_the_batch
# says: `rows` is for axis 1, `columns` for axis 2
# wrong answer: pads_batch


# %% list_instead_of_array
# says: a list, not a NumPy array
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0))).tolist()


# %% repeats_pixels
# says: add only zeros
# wrong answer: repeats_the_edge


# %% slice_that_ends_at_minus_zero
# says: A slice that ends at -0 is empty
# wrong answer: empty_slice_at_zero
