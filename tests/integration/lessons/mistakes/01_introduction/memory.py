# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def memory_gb(n, dtype):
    print(n * np.dtype(dtype).itemsize / 10**9)


# %% bits
# says: those are bits: a byte is 8 bits
# wrong answer: bits_for_bytes


# %% float32_only
# says: returned 12, not 6: each type has a size of its own
# wrong answer: always_float32


# %% gib
# says: those are GiB: 1 GB is 10**9 bytes
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize / 1024**3


# %% bytes
# says: 1 GB is 10**9 bytes
# wrong answer: bytes_not_gb


# %% rounded
# says: 1 byte is 1e-09 GB, not 0.0: do not round
def memory_gb(n, dtype):
    return round(n * np.dtype(dtype).itemsize / 10**9, 2)


# %% whole_division
# says: 1 byte is 1e-09 GB, not 0: do not round
def memory_gb(n, dtype):
    return n * np.dtype(dtype).itemsize // 10**9


# %% text_with_a_unit
# says: returned the text '6.0 GB': a number, without quotes
def memory_gb(n, dtype):
    return f"{n * np.dtype(dtype).itemsize / 10**9} GB"


# %% bits_of_float32
# says: those are bits: a byte is 8 bits
def memory_gb(n, dtype):
    return n * 32 / 10**9
