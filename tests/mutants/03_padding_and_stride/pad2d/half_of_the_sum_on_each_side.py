# subtle
def pad2d(batch, rows, columns):
    top, left = sum(rows) // 2, sum(columns) // 2
    return np.pad(batch, ((0, 0), (top, sum(rows) - top), (left, sum(columns) - left), (0, 0)))
