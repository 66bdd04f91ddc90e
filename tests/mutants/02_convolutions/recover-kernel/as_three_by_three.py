def recover_kernel(image, output):
    return np.zeros((3, 3))
