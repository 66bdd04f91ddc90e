# subtle
def output_size(n, k, s, padding):
    return round((n - k) / s)
