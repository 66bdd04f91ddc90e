# subtle
def output_size(n, k, s, padding):
    return math.ceil((n - k) / s)
