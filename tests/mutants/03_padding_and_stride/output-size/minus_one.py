# subtle
def output_size(n, k, s, padding):
    return (n + padding - k - 1) // s + 1
