# subtle
def convolve2d(image, kernel):
    return numerics.corr2d(image[::-1, ::-1], kernel)
