# subtle
def ignored(n, k, s):
    read = set(range(0, n - k + 1, s))
    return [i for i in range(n) if i not in read]
