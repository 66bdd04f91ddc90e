# %% dtype_of_kernel
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n), dtype=np.asarray(kernel).dtype)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix

# %% first_weight_only
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i] = kernel[0]
    return matrix

# %% flip
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel[::-1]
    return matrix

# %% integer_output
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n), dtype=int)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix.astype(float)

# %% last_row_empty
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k):
        matrix[i, i : i + k] = kernel
    return matrix

# %% last_weight_left_out
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k - 1] = kernel[:-1]
    return matrix

# %% missing_shift
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    matrix[:, :k] = kernel
    return matrix

# %% nested_list
def conv_matrix(kernel, n):
    k = len(kernel)
    return [[0.0] * i + list(kernel) + [0.0] * (n - k - i) for i in range(n - k + 1)]

# %% normalised
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = np.asarray(kernel) / k
    return matrix

# %% one_row_short
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k, n))
    for i in range(n - k):
        matrix[i, i : i + k] = kernel
    return matrix

# %% ones_outside
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.ones((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix

# %% padded
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n, n + k - 1))
    for i in range(n):
        matrix[i, i : i + k] = kernel
    return matrix[:, :n]

# %% rectified
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = np.abs(kernel)
    return matrix

# %% rows_in_reverse
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[n - k - i, i : i + k] = kernel
    return matrix

# %% shared_no_more
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = np.asarray(kernel) * (i + 1)
    return matrix

# %% shift_by_k
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        part = matrix[i, i * k : i * k + k]
        part[:] = kernel[: len(part)]
    return matrix

# %% shifted_to_the_left
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, n - k - i : n - i] = kernel
    return matrix

# %% three_weights_only
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        for a in range(min(k, 3)):
            matrix[i, i + a] = kernel[a]
    return matrix

# %% transposed
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n, n - k + 1))
    for i in range(n - k + 1):
        matrix[i : i + k, i] = kernel
    return matrix

# %% two_weights_only
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        for a in range(min(k, 2)):
            matrix[i, i + a] = kernel[a]
    return matrix

# %% wrap_around
def conv_matrix(kernel, n):
    k = len(kernel)
    rows = [np.roll(np.append(kernel, np.zeros(n - k)), i - 1) for i in range(n - k + 1)]
    return np.array(rows, dtype=float)

# %% wrap_around_from_the_last_place
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        for a in range(k):
            matrix[i, (i + a + 1) % n] = kernel[a]
    return matrix

# %% wrap_around_square
def conv_matrix(kernel, n):
    k = len(kernel)
    rows = [np.roll(np.append(kernel, np.zeros(n - k)), i) for i in range(n)]
    return np.array(rows, dtype=float)

# %% the_courses_own
conv_matrix = ours.conv_matrix

# %% calls_the_courses_own
def conv_matrix(kernel, n):
    return ours.conv_matrix(kernel, n)
