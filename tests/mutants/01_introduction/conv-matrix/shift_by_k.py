# subtle
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        part = matrix[i, i * k : i * k + k]
        part[:] = kernel[: len(part)]
    return matrix
