def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), columns, rows, (0, 0)))
