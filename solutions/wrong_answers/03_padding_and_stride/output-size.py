# %% ceil
def output_size(n, k, s, p):
    return math.ceil((n + p - k) / s) + 1

# %% ceil_no_plus_one
def output_size(n, k, s, p):
    return math.ceil((n - k) / s)

# %% ceil_no_plus_one_padded
def output_size(n, k, s, p):
    return math.ceil((n + p - k) / s)

# %% ceil_of_n_over_s
def output_size(n, k, s, p):
    return -(-n // s)

# %% dense_size_over_s
def output_size(n, k, s, p):
    return (n + p - k) // s + s

# %% float
def output_size(n, k, s, p):
    return (n + p - k) / s + 1

# %% float_floor
def output_size(n, k, s, p):
    return np.floor((n + p - k) / s) + 1

# %% floor_ends_up_negative
def output_size(n, k, s, p):
    return -((k - n - p) // s) + 1

# %% minus_one
def output_size(n, k, s, p):
    return (n + p - k - 1) // s + 1

# %% n_over_s
def output_size(n, k, s, p):
    return n // s

# %% no_plus_one
def output_size(n, k, s, p):
    return (n + p - k) // s

# %% no_plus_one_nor_padding
def output_size(n, k, s, p):
    return (n - k) // s

# %% padding_after_division
def output_size(n, k, s, p):
    return (n - k) // s + 1 + p

# %% padding_halved
def output_size(n, k, s, p):
    return (n + p // 2 - k) // s + 1

# %% padding_ignored
def output_size(n, k, s, p):
    return (n - k) // s + 1

# %% padding_twice
def output_size(n, k, s, p):
    return (n + 2 * p - k) // s + 1

# %% plus_one_inside
def output_size(n, k, s, p):
    return (n + p - k + 1) // s

# %% plus_one_inside_no_padding
def output_size(n, k, s, p):
    return (n - k + 1) // s

# %% round
def output_size(n, k, s, p):
    return round((n + p - k) / s) + 1

# %% round_no_padding
def output_size(n, k, s, p):
    return round((n - k) / s) + 1

# %% round_no_plus_one
def output_size(n, k, s, p):
    return round((n - k) / s)

# %% stride_and_padding_ignored
def output_size(n, k, s, p):
    return n - k + 1

# %% stride_ignored
def output_size(n, k, s, p):
    return n + p - k + 1

# %% window_ignored
def output_size(n, k, s, p):
    return (n + p) // s

# %% is_the_courses_own
output_size = numerics.output_size

# %% calls_the_courses_own
def output_size(n, k, s, p):
    return numerics.output_size(n, k, s, p)
