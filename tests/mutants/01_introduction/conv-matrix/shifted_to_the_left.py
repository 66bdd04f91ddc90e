# subtle
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        matrix[i, n - k - i : n - i] = kernel
    return matrix
