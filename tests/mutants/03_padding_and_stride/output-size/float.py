def output_size(n, k, s, padding):
    return (n + padding - k) / s + 1
