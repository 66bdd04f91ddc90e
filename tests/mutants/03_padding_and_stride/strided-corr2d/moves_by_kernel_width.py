# subtle
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    out = numerics.corr2d(image, kernel)
    rows, columns = out[::stride, ::stride].shape
    good = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            good[i, j] = out[min(i * h, len(out) - 1), min(j * w, len(out[0]) - 1)]
    return good
