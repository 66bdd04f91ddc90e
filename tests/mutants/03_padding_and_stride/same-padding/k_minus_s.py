# subtle
def same_padding(n, k, s):
    total = max(k - s, 0)
    return total // 2, total - total // 2
