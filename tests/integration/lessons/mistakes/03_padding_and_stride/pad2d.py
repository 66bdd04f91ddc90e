# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def pad2d(batch, rows, columns):
    print(np.pad(batch, ((0, 0), rows, columns, (0, 0))))


# %% before_and_after_exchanged
# says: before and after are exchanged
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows[::-1], columns[::-1], (0, 0)))


# %% bottom_before_top
# says: top and bottom are exchanged
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows[::-1], columns, (0, 0)))


# %% axes_swapped
# says: `rows` is for axis 1, `columns` for axis 2
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), columns, rows, (0, 0)))


# %% pairs_of_two_axes_only
# says: does each of the 4 axes have its pair?
def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, columns))


# %% pads_the_batch
# says: `rows` is for axis 1, `columns` for axis 2
def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, columns, (0, 0), (0, 0)))


# %% list_instead_of_array
# says: a list, not a NumPy array
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0))).tolist()


# %% repeats_pixels
# says: add only zeros
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)), mode="edge")


# %% slice_that_ends_at_minus_zero
# says: A slice that ends at -0 is empty
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    out = np.zeros((n, h + sum(rows), w + sum(columns), c))
    out[:, rows[0] : -rows[1], columns[0] : -columns[1]] = batch
    return out
