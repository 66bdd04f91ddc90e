# subtle
def same_padding(n, k, s):
    total = max((n - 1) * s + k - n, 0)
    return total // 2, total - total // 2
