# subtle
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    out = np.resize(batch, (n, h + sum(rows), w + sum(columns), c))
    return out
