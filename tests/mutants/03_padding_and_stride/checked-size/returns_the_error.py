# subtle
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0 or k > n + padding:
        return ValueError('does not fit')
    return (n + padding - k) // s + 1
