# subtle
def memory_gb(n, dtype):
    return n * int(''.join(filter(str.isdigit, dtype))) / 10**9
