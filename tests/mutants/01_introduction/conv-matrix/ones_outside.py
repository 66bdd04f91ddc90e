# subtle
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.ones((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix
