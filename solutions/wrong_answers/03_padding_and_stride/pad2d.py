# %% axes_swapped
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), columns, rows, (0, 0)))

# %% before_and_after_exchanged
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows[::-1], columns[::-1], (0, 0)))

# %% columns_right_to_left
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns[::-1], (0, 0)))

# %% empty_slice_at_zero
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    out = np.zeros((n, h + sum(rows), w + sum(columns), c))
    out[:, rows[0] : -rows[1], columns[0] : -columns[1]] = batch
    return out

# %% first_image_only
def pad2d(batch, rows, columns):
    good = np.pad(batch, ((0, 0), rows, columns, (0, 0)))
    good[1:] = 0
    return good

# %% first_number_on_both_sides
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), (rows[0],) * 2, (columns[0],) * 2, (0, 0)))

# %% half_of_the_sum_on_each_side
def pad2d(batch, rows, columns):
    top, left = sum(rows) // 2, sum(columns) // 2
    return np.pad(batch, ((0, 0), (top, sum(rows) - top), (left, sum(columns) - left), (0, 0)))

# %% integers
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0))).astype(int)

# %% only_columns
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), (0, 0), columns, (0, 0)))

# %% only_rows
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, (0, 0), (0, 0)))

# %% pads_batch
def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, columns, (0, 0), (0, 0)))

# %% pads_channels
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), (0, 0), rows, columns))

# %% pads_every_axis
def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, rows, columns, columns))

# %% pads_with_ones
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)), constant_values=1)

# %% reflects
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)), mode="reflect")

# %% repeats_the_edge
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)), mode="edge")

# %% reshaped
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    out = np.resize(batch, (n, h + sum(rows), w + sum(columns), c))
    return out

# %% rows_upside_down
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows[::-1], columns, (0, 0)))

# %% unchanged
def pad2d(batch, rows, columns):
    return batch

# %% wraps_around
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)), mode="wrap")

# %% zeros_only
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    return np.zeros((n, h + sum(rows), w + sum(columns), c))

# %% is_the_courses_own
pad2d = ours.pad2d

# %% two_pairs_only
def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, columns))
