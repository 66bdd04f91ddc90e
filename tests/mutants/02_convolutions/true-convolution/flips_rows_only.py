# subtle
def convolve2d(image, kernel):
    return numerics.corr2d(image, kernel[::-1])
