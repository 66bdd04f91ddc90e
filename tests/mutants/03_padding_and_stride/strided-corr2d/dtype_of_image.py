# subtle
def strided_corr2d(image, kernel, stride):
    out = numerics.corr2d(image, kernel)[::stride, ::stride]
    return out.astype(image.dtype)
