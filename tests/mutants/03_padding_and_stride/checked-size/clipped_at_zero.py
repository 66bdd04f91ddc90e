# subtle
def checked_size(n, k, s, padding):
    if s < 1:
        raise ValueError
    return max((n + padding - k) // s + 1, 0)
