def max_pool2d(batch, k, s):
    view = np.lib.stride_tricks.sliding_window_view
    return view(batch, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))
