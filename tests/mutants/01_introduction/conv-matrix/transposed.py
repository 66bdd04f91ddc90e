def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n, n - k + 1))
    for i in range(n - k + 1):
        matrix[i : i + k, i] = kernel
    return matrix
