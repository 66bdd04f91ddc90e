def checked_size(n, k, s, padding):
    raise ValueError
