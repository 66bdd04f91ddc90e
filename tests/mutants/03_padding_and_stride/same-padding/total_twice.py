# subtle
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total, total
