def output_size(n, k, s, padding):
    return np.floor((n + padding - k) / s) + 1
