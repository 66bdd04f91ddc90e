# subtle
def window_step(patch, kernel, bias):
    return np.mean(patch * kernel) + bias
