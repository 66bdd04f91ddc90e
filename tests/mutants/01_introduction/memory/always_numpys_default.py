# subtle
def memory_gb(n, dtype):
    return n * 8 / 10**9
