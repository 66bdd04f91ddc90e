# subtle
def output_size(n, k, s, padding):
    return math.ceil((n + padding - k) / s) + 1
