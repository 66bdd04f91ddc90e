def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, columns, (0, 0), (0, 0)))
