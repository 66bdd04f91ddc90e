# subtle
def output_size(n, k, s, padding):
    return (n + padding // 2 - k) // s + 1
