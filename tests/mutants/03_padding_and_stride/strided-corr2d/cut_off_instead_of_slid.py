# subtle
def strided_corr2d(image, kernel, stride):
    out = numerics.corr2d(image, kernel)
    rows, columns = out[::stride, ::stride].shape
    return out[:rows, :columns]
