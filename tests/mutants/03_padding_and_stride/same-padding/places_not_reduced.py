# subtle
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max(places * s + k - n, 0)
    return total // 2, total - total // 2
