# subtle
def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    rows = (image.shape[0] - h) // stride + 1
    columns = (image.shape[1] - w) // stride + 1
    around = ((h - 1) // 2, h // 2), ((w - 1) // 2, w // 2)
    same = numerics.corr2d(np.pad(image, around), kernel)[::stride, ::stride]
    return same[:rows, :columns]
