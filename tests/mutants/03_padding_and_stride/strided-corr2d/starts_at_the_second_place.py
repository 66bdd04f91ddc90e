# subtle
def strided_corr2d(image, kernel, stride):
    out = numerics.corr2d(image, kernel)
    return np.roll(out, (-1, -1), (0, 1))[::stride, ::stride]
