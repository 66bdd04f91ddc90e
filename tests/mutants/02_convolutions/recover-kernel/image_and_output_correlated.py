# subtle
def recover_kernel(image, output):
    return numerics.corr2d(image, output)
