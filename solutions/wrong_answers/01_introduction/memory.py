# %% always_float32
def memory_gb(n, dtype):
    return n * 4 / 10**9

# %% always_numpys_default
def memory_gb(n, dtype):
    return n * 8 / 10**9

# %% bits_for_bytes
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize * 8 / 10**9

# %% bits_from_the_name
def memory_gb(n, dtype):
    return n * int(''.join(filter(str.isdigit, dtype))) / 10**9

# %% bytes_not_gb
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize

# %% divided_by_eight_twice
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 8 / 10**9

# %% floats_only
def memory_gb(n, dtype):
    return n * {'float16': 2, 'float32': 4}.get(dtype, 8) / 10**9

# %% gib_for_gb
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 2**30

# %% gigabits
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize * 8 / 2**30

# %% megabytes
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 10**6

# %% megabytes_of_1024
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 1024 / 10**6

# %% rounded
def memory_gb(n, dtype):
    return round(n * np.dtype(dtype).itemsize / 10**9, 1)

# %% rounded_finely
def memory_gb(n, dtype):
    return round(n * np.dtype(dtype).itemsize / 10**9, 6)

# %% size_left_out
def memory_gb(n, dtype):
    return n / 10**9

# %% whole_gb
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize // 10**9 or 1
