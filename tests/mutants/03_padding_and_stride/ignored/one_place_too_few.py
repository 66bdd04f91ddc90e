# subtle
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k, s) for j in range(k)}
    return [i for i in range(n) if i not in read]
