# subtle
def checked_size(n, k, s, padding):
    if min(n, k) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1
