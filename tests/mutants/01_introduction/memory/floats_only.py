# subtle
def memory_gb(n, dtype):
    return n * {'float16': 2, 'float32': 4}.get(dtype, 8) / 10**9
