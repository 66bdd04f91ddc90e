# subtle
def ignored(n, k, s):
    last = (n - k) // s * s
    return list(range(last + k, n))
