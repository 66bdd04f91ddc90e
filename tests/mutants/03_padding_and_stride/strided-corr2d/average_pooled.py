# subtle
def strided_corr2d(image, kernel, stride):
    out = numerics.corr2d(image, kernel)
    good = out[::stride, ::stride]
    for i, j in np.ndindex(good.shape):
        a, b = i * stride, j * stride
        good[i, j] = out[a : a + stride, b : b + stride].mean()
    return good
