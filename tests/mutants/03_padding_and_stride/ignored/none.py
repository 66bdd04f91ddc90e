# subtle
def ignored(n, k, s):
    return []
