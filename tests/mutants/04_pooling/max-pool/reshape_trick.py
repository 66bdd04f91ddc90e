# subtle
def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    cut = batch[:, : rows * s, : columns * s]
    return cut.reshape(n, rows, s, columns, s, channels).max(axis=(2, 4))
