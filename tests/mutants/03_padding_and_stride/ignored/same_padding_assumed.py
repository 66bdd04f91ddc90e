# subtle
def ignored(n, k, s):
    places = -(-n // s)
    before = max((places - 1) * s + k - n, 0) // 2
    read = {i * s + j - before for i in range(places) for j in range(k)}
    return [i for i in range(n) if i not in read]
