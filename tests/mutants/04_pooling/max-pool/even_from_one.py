# subtle
def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(batch, (k, k), axis=(1, 2)).max(axis=(4, 5))
    rows, columns = (batch.shape[1] - k) // s + 1, (batch.shape[2] - k) // s + 1
    return np.pad(windows, ((0, 0), (0, s), (0, s), (0, 0)))[:, s - 1 :: s, s - 1 :: s][:, :rows, :columns]
