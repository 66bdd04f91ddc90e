# %% ceil [subtle]
def output_size(n, k, s, padding):
    return math.ceil((n + padding - k) / s) + 1

# %% ceil_no_plus_one [subtle]
def output_size(n, k, s, padding):
    return math.ceil((n - k) / s)

# %% ceil_no_plus_one_padded [subtle]
def output_size(n, k, s, padding):
    return math.ceil((n + padding - k) / s)

# %% ceil_of_n_over_s [subtle]
def output_size(n, k, s, padding):
    return -(-n // s)

# %% dense_size_over_s [subtle]
def output_size(n, k, s, padding):
    return (n + padding - k) // s + s

# %% float
def output_size(n, k, s, padding):
    return (n + padding - k) / s + 1

# %% float_floor
def output_size(n, k, s, padding):
    return np.floor((n + padding - k) / s) + 1

# %% floor_ends_up_negative [subtle]
def output_size(n, k, s, padding):
    return -((k - n - padding) // s) + 1

# %% minus_one [subtle]
def output_size(n, k, s, padding):
    return (n + padding - k - 1) // s + 1

# %% n_over_s [subtle]
def output_size(n, k, s, padding):
    return n // s

# %% no_plus_one [subtle]
def output_size(n, k, s, padding):
    return (n + padding - k) // s

# %% no_plus_one_nor_padding [subtle]
def output_size(n, k, s, padding):
    return (n - k) // s

# %% padding_after_division [subtle]
def output_size(n, k, s, padding):
    return (n - k) // s + 1 + padding

# %% padding_halved [subtle]
def output_size(n, k, s, padding):
    return (n + padding // 2 - k) // s + 1

# %% padding_ignored [subtle]
def output_size(n, k, s, padding):
    return (n - k) // s + 1

# %% padding_twice [subtle]
def output_size(n, k, s, padding):
    return (n + 2 * padding - k) // s + 1

# %% plus_one_inside [subtle]
def output_size(n, k, s, padding):
    return (n + padding - k + 1) // s

# %% plus_one_inside_no_padding [subtle]
def output_size(n, k, s, padding):
    return (n - k + 1) // s

# %% round [subtle]
def output_size(n, k, s, padding):
    return round((n + padding - k) / s) + 1

# %% round_no_padding [subtle]
def output_size(n, k, s, padding):
    return round((n - k) / s) + 1

# %% round_no_plus_one [subtle]
def output_size(n, k, s, padding):
    return round((n - k) / s)

# %% stride_and_padding_ignored [subtle]
def output_size(n, k, s, padding):
    return n - k + 1

# %% stride_ignored [subtle]
def output_size(n, k, s, padding):
    return n + padding - k + 1

# %% window_ignored [subtle]
def output_size(n, k, s, padding):
    return (n + padding) // s
