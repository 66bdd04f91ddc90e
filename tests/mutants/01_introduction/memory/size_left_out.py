# subtle
def memory_gb(n, dtype):
    return n / 10**9
