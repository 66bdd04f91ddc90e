# %% always_float32 [subtle]
def memory_gb(n, dtype):
    return n * 4 / 10**9

# %% always_numpys_default [subtle]
def memory_gb(n, dtype):
    return n * 8 / 10**9

# %% bits_for_bytes [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize * 8 / 10**9

# %% bits_from_the_name [subtle]
def memory_gb(n, dtype):
    return n * int(''.join(filter(str.isdigit, dtype))) / 10**9

# %% bytes_not_gb [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize

# %% divided_by_eight_twice [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 8 / 10**9

# %% floats_only [subtle]
def memory_gb(n, dtype):
    return n * {'float16': 2, 'float32': 4}.get(dtype, 8) / 10**9

# %% gib_for_gb [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 2**30

# %% gigabits [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize * 8 / 2**30

# %% megabytes [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 10**6

# %% megabytes_of_1024 [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 1024 / 10**6

# %% rounded [subtle]
def memory_gb(n, dtype):
    return round(n * np.dtype(dtype).itemsize / 10**9, 1)

# %% rounded_finely [subtle]
def memory_gb(n, dtype):
    return round(n * np.dtype(dtype).itemsize / 10**9, 6)

# %% size_left_out [subtle]
def memory_gb(n, dtype):
    return n / 10**9

# %% whole_gb [subtle]
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize // 10**9 or 1
