# subtle
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise Exception('no')
    if k > n + padding:
        raise Exception('no')
    return (n + padding - k) // s + 1
