def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    around = ((h - 1) // 2, h // 2), ((w - 1) // 2, w // 2)
    return numerics.corr2d(np.pad(image, around), kernel)[::stride, ::stride]
