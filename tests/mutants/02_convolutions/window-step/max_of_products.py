# subtle
def window_step(patch, kernel, bias):
    return np.max(patch * kernel) + bias
