def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n, n + k - 1))
    for i in range(n):
        matrix[i, i : i + k] = kernel
    return matrix[:, :n]
