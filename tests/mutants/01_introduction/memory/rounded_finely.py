# subtle
def memory_gb(n, dtype):
    return round(n * np.dtype(dtype).itemsize / 10**9, 6)
