# %% zeros_outside
# says: pad with -inf, not 0
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    padded = np.pad(batch, ((0, 0), rows, columns, (0, 0)))
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(padded, (k, k), (1, 2))[:, ::s, ::s]
    return windows.max(axis=(4, 5)) if mode == "max" else windows.mean(axis=(4, 5))


# %% divides_by_the_whole_window
# says: divide by the number of real values
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool(np.pad(batch, sides, constant_values=-np.inf), k, s)
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(np.pad(batch, sides), (k, k), (1, 2))[:, ::s, ::s]
    return windows.sum(axis=(4, 5)) / k**2


# %% nan_comes_through
# says: nan is left: take real values only
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    view = np.lib.stride_tricks.sliding_window_view
    padded = np.pad(batch, sides, constant_values=np.nan)
    windows = view(padded, (k, k), (1, 2))[:, ::s, ::s]
    if mode == "max":
        return np.nanmax(windows, axis=(4, 5))
    return windows.mean(axis=(4, 5))


# %% not_padded
# says: pad rows and columns, each as same_padding says
def same_pool(batch, k, s, mode):
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(batch, (k, k), (1, 2))[:, ::s, ::s]
    return windows.max(axis=(4, 5)) if mode == "max" else windows.mean(axis=(4, 5))


# %% a_very_small_number
# says: with -999 at [0, 0, 0, 1], not -1001.25 (8 of 24 values differ): pad with -inf
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool(np.pad(batch, sides, constant_values=-999), k, s)
    padded = np.pad(batch, sides, constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view
    return np.nanmean(view(padded, (k, k), (1, 2))[:, ::s, ::s], axis=(4, 5))


# %% forgets_the_average
# says: 'average') returned None: `print` shows a value, `return` hands it over
def same_pool(batch, k, s, mode):
    rows, columns = (same_padding(n, k, s) for n in batch.shape[1:3])
    sides = ((0, 0), rows, columns, (0, 0))
    if mode == "max":
        return max_pool(np.pad(batch, sides, constant_values=-np.inf), k, s)


# %% every_axis_padded
# says: pad rows and columns only, each as same_padding says
def same_pool(batch, k, s, mode):
    return max_pool(np.pad(batch, 1, constant_values=-np.inf), k, s)
