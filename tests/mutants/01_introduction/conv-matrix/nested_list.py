def conv_matrix(kernel, n):
    k = len(kernel)
    return [[0.0] * i + list(kernel) + [0.0] * (n - k - i) for i in range(n - k + 1)]
