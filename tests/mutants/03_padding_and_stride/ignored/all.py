# subtle
def ignored(n, k, s):
    return list(range(n))
