# subtle
def checked_size(n, k, s, padding):
    assert min(n, k, s) >= 1 and padding >= 0
    assert k <= n + padding
    return (n + padding - k) // s + 1
