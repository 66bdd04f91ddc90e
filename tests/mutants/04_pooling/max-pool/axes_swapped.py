def max_pool2d(batch, k, s):
    n, height, width, channels = batch.shape
    rows, columns = (width - k) // s + 1, (height - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, j * s : j * s + k, i * s : i * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output
