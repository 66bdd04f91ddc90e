# subtle
def window_step(patch, kernel, bias):
    return np.sum(np.abs(patch * kernel)) + bias
