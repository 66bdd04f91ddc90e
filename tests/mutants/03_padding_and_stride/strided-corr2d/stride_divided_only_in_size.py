# subtle
def strided_corr2d(image, kernel, stride):
    out = numerics.corr2d(image, kernel)
    h, w = kernel.shape
    rows, columns = (image.shape[0] - h) // stride + 1, (image.shape[1] - w) // stride + 1
    good = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            good[i, j] = out[i, j * stride]
    return good
