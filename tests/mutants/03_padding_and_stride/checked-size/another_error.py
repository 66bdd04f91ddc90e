# subtle
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise TypeError
    if k > n + padding:
        raise TypeError
    return (n + padding - k) // s + 1
