# subtle
def output_size(n, k, s, padding):
    return -((k - n - padding) // s) + 1
