# subtle
def conv_matrix(kernel, n):
    k = len(kernel)
    rows = [np.roll(np.append(kernel, np.zeros(n - k)), i - 1) for i in range(n - k + 1)]
    return np.array(rows, dtype=float)
