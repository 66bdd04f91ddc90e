# subtle
def strided_corr2d(image, kernel, stride):
    return np.maximum(numerics.corr2d(image, kernel)[::stride, ::stride], 0)
