# %% average
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.mean(axis=(1, 2))
    return output

# %% axes_swapped
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (width - k) // s + 1, (height - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, j * s : j * s + k, i * s : i * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% channels_first
def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    return view(batch, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))

# %% channels_mixed
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2, 3))[:, None]
    return output

# %% columns_of_window_only
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window[:, 0].max(axis=1)
    return output

# %% even_from_one
def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(batch, (k, k), axis=(1, 2)).max(axis=(4, 5))
    rows, columns = (batch.shape[1] - k) // s + 1, (batch.shape[2] - k) // s + 1
    return np.pad(windows, ((0, 0), (0, s), (0, s), (0, 0)))[:, s - 1 :: s, s - 1 :: s][:, :rows, :columns]

# %% first_image_only
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window[0].max(axis=(0, 1))
    return output

# %% global
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = batch.max(axis=(1, 2))
    return output

# %% integers
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels), dtype=int)
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% k_is_s
def max_pool2d(batch, k, s):
    k = s
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% largest_size
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = np.abs(window).max(axis=(1, 2))
    return output

# %% lower_right
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window[:, -1, -1]
    return output

# %% minimum
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.min(axis=(1, 2))
    return output

# %% no_plus_one
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s, (width - k) // s
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% one_number
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max()
    return output

# %% over_the_batch
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(0, 1, 2))
    return output

# %% rectified
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = np.maximum(window.max(axis=(1, 2)), 0)
    return output

# %% reshape_trick
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    cut = batch[:, : rows * s, : columns * s]
    return cut.reshape(n, rows, s, columns, s, channels).max(axis=(2, 4))

# %% returns_none
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    pass

# %% rounded_up
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = -(-(height - k) // s) + 1, -(-(width - k) // s) + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% rows_of_window_only
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window[:, :, 0].max(axis=1)
    return output

# %% size_over_s
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = height // s, width // s
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% started_at_minus_one
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = -np.ones((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = np.maximum(output[:, i, j], window.max(axis=(1, 2)))
    return output

# %% stride_ignored_in_place
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i : i + k, j : j + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% stride_is_k
def max_pool2d(batch, k, s):
    s = k
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% stride_is_k_shape_right
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * k : i * k + k, j * k : j * k + k]
        output[:, i, j] = window.max(axis=(1, 2)) if window.size else 0
    return output

# %% stride_on_columns_only
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = height - k + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i : i + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% stride_on_rows_only
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, width - k + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j : j + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% stride_one
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = height - k + 1, width - k + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i : i + k, j : j + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% upper_left
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window[:, 0, 0]
    return output

# %% window_is_s
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + s, j * s : j * s + s]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% window_one_short
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + max(k - 1, 1), j * s : j * s + max(k - 1, 1)]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% window_one_wide
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k + 1, j * s : j * s + k + 1]
        output[:, i, j] = window.max(axis=(1, 2))
    return output

# %% zero_initialised
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.zeros((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = np.maximum(output[:, i, j], window.max(axis=(1, 2)))
    return output

# %% the_course_s_own
from cnnlab.ours.pooling import max_pool2d

# %% calls_the_course_s_own
from cnnlab.ours import pooling


def max_pool2d(batch, k, s):
    return pooling.max_pool2d(batch, k, s)
