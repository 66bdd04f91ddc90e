def conv_matrix(kernel, n):
    k = len(kernel)
    rows = [np.roll(np.append(kernel, np.zeros(n - k)), i) for i in range(n)]
    return np.array(rows, dtype=float)
