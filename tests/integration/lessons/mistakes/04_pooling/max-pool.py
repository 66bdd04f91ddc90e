# %% zeros_at_the_start
# says: not -1.25 (4 of 12 values differ): below 0, the largest is not 0
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    out = np.zeros((n, (height - k) // s + 1, (width - k) // s + 1, channels))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            for a in range(k):
                for b in range(k):
                    out[:, i, j] = np.maximum(out[:, i, j], batch[:, i * s + a, j * s + b])
    return out


# %% channels_mixed
# says: pool each channel by itself
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    out = np.zeros((n, (height - k) // s + 1, (width - k) // s + 1, channels))
    for m in range(n):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[m, i, j] = batch[m, i * s : i * s + k, j * s : j * s + k].max()
    return out


# %% stride_k
# says: returned shape (2, 2, 3, 3) where (2, 1, 2, 3) was asked: windows move by s, not by k
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    out = np.zeros((n, height // k, width // k, channels))
    for i in range(height // k):
        for j in range(width // k):
            window = batch[:, i * k : i * k + k, j * k : j * k + k]
            out[:, i, j] = window.max(axis=(1, 2))
    return out


# %% one_position_too_few
# says: one too few: does the last position count?
def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    return view(batch, (k, k), (1, 2)).max(axis=(4, 5))[:, ::s, ::s][:, :, :-1]


# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    print(view(batch, (k, k), (1, 2)).max(axis=(4, 5))[:, ::s, ::s])


# %% a_list_of_lists
# says: returned a list, not a NumPy array: its shape must be 2 × 1 × 2 × 3
def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    return view(batch, (k, k), (1, 2)).max(axis=(4, 5))[:, ::s, ::s].tolist()


# %% whole_numbers
# says: returned an array of int64: floats are asked for
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    out = np.zeros((n, (height - k) // s + 1, (width - k) // s + 1, channels), int)
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            window = batch[:, i * s : i * s + k, j * s : j * s + k]
            out[:, i, j] = window.max(axis=(1, 2))
    return out


# %% the_course_s_own
# says: write max_pool2d yourself, instead of calling the course's own
# wrong answer: the_course_s_own


# %% stride_forgotten
# says: windows move by s, down and to the right
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    out = np.zeros((n, height - k + 1, width - k + 1, channels))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            out[:, i, j] = batch[:, i : i + k, j : j + k].max(axis=(1, 2))
    return out


# %% window_ends_at_k
# says: each window must fit: i·s to i·s + k
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    out = np.zeros((n, (height - k) // s + 1, (width - k) // s + 1, channels))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            out[:, i, j] = batch[:, i * s : k, j * s : k].max(axis=(1, 2))
    return out
