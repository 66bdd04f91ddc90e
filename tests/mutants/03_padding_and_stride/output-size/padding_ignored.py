# subtle
def output_size(n, k, s, padding):
    return (n - k) // s + 1
