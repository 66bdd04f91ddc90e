# subtle
def convolve2d(image, kernel):
    kernel = np.flip(kernel)
    return numerics.corr2d(image, kernel[::-1, ::-1])
