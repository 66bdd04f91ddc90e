# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    print(matrix)


# %% reversed_kernel
# says: the kernel is reversed: keep its order
# wrong answer: flip


# %% dtype_of_the_kernel
# says: returned an array of int64: floats are asked for
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n), dtype=kernel.dtype)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix


# %% whole_numbers
# says: returned an array of int64: floats are asked for
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n), dtype=int)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix


# %% list_of_lists
# says: returned a list, not a NumPy array: its shape must be 2 × 5
def conv_matrix(kernel, n):
    k = len(kernel)
    rows = []
    for i in range(n - k + 1):
        rows.append([0.0] * i + list(kernel) + [0.0] * (n - k - i))
    return rows


# %% transposed
# says: returned shape (5, 2) where (2, 5) was asked: axes swapped?
# wrong answer: transposed


# %% off_by_one
# says: returned shape (1, 5) where (2, 5) was asked: one too few
# wrong answer: one_row_short


# %% not_shifted
# says: each row must start one column further right
# wrong answer: missing_shift


# %% the_result_instead_of_the_matrix
# says: 2 axes are asked for, not 1
def conv_matrix(kernel, n):
    return np.correlate(np.arange(n), kernel)


# %% last_row_left_out
# says: a row is empty: does your loop end too early?
# wrong answer: last_row_empty


# %% return_inside_the_loop
# says: a row is empty: does your loop end too early?
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
        return matrix
