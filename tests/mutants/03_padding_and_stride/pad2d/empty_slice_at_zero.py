# subtle
def pad2d(batch, rows, columns):
    n, h, w, c = batch.shape
    out = np.zeros((n, h + sum(rows), w + sum(columns), c))
    out[:, rows[0] : -rows[1], columns[0] : -columns[1]] = batch
    return out
