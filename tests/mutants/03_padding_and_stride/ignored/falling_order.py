# subtle
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return [i for i in range(n)[::-1] if i not in read]
