# subtle
def ignored(n, k, s):
    last = (n - k) // s * s
    return [i for i in range(last) if i % s >= k]
