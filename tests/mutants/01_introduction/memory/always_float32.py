# subtle
def memory_gb(n, dtype):
    return n * 4 / 10**9
