# subtle
def output_size(n, k, s, padding):
    return (n + 2 * padding - k) // s + 1
