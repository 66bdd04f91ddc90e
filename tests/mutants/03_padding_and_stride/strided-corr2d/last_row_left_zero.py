# subtle
def strided_corr2d(image, kernel, stride):
    out = numerics.corr2d(image, kernel)[::stride, ::stride].copy()
    out[-1] = 0
    return out
