# subtle
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + 2 * padding:
        raise ValueError
    return (n + padding - k) // s + 1
