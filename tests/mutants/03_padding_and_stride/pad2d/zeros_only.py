# subtle
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    return np.zeros((n, h + sum(rows), w + sum(columns), c))
