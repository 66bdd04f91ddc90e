# subtle
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if (n + padding - k) // s + 1 < 0:
        raise ValueError
    return (n + padding - k) // s + 1
