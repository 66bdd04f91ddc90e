# subtle
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows, columns, (0, 0)), constant_values=1)
