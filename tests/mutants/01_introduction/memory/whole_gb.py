# subtle
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize // 10**9 or 1
