# subtle
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    for i in range(n - k + 1):
        for a in range(min(k, 3)):
            matrix[i, i + a] = kernel[a]
    return matrix
