# subtle
def window_step(patch, kernel, bias):
    return np.sum(patch * kernel)
