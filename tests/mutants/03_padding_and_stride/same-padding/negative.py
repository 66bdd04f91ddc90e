# subtle
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = (places - 1) * s + k - n
    return total // 2, total - total // 2
