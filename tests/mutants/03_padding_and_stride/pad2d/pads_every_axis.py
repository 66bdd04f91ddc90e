def pad2d(batch, rows, columns):
    return np.pad(batch, (rows, rows, columns, columns))
