# subtle
def same_padding(n, k, s):
    return (k - 1) // 2, (k - 1) // 2
