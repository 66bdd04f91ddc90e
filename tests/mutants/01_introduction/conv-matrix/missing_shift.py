# subtle
def conv_matrix(kernel, n):
    k = len(kernel)
    matrix = np.zeros((n - k + 1, n))
    matrix[:, :k] = kernel
    return matrix
