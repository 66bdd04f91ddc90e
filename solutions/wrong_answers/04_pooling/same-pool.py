# %% always_average
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "maximum":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% always_max
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode:
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% average_divides_by_k_squared
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% average_divides_by_nonzeros_of_sum
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nansum(windows, axis=(4, 5)) / (k * k - 1 or 1)

# %% average_lets_nan_through
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% average_over_channels
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(3, 4, 5))[..., None] + np.zeros(batch.shape[3])

# %% average_over_window_rows_only
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows[..., 0], axis=4)

# %% average_pads_infinity
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% average_repeats_the_edge
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, mode="edge")
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% both_pad_zeros
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides), k, s)
    padded = np.pad(batch, sides)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% half_a_window_on_each_side
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), (k // 2, k // 2), (k // 2, k // 2), (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% max_pads_minus_hundred
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-100), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% max_pads_minus_one
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-1), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% max_pads_zeros
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% mean_of_border_not_counted
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    inside = np.pad(np.ones(batch.shape), sides)
    counts = view(inside, (k, k), axis=(1, 2))[:, ::s, ::s].sum(axis=(4, 5))
    return windows.mean(axis=(4, 5)) / counts

# %% modes_exchanged
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "average":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% no_padding
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), (0, 0), (0, 0), (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% odd_cell_before
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows[::-1], columns[::-1], (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% odd_cell_before_max
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0)) if mode != "max" else ((0, 0), rows[::-1], columns[::-1], (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% pads_for_rows_on_both
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, rows, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% reflects
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, mode="symmetric"), k, s)
    padded = np.pad(batch, sides, mode="symmetric")
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% repeats_the_edge
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, mode="edge"), k, s)
    padded = np.pad(batch, sides, mode="edge")
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return windows.mean(axis=(4, 5))

# %% returns_none
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    np.nanmean(windows, axis=(4, 5))

# %% rows_for_columns
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), columns, rows, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% stride_k
def same_pool(batch, k, s, mode):
    s, step = k, s
    rows, columns = (same_padding(n, k, step) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% stride_one_padding
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, 1) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))

# %% sum
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool2d(np.pad(batch, sides, constant_values=-np.inf), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), axis=(1, 2))[:, ::s, ::s]
    return np.nansum(windows, axis=(4, 5))
