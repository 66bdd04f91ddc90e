def max_pool2d(batch, k, s):
    k = s
    n, height, width, channels = batch.shape
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    output = np.empty((n, rows, columns, channels))
    for i, j in np.ndindex(rows, columns):
        window = batch[:, i * s : i * s + k, j * s : j * s + k]
        output[:, i, j] = window.max(axis=(1, 2))
    return output
