# subtle
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 8 / 10**9
