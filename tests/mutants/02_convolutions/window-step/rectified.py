# subtle
def window_step(patch, kernel, bias):
    return max(np.sum(patch * kernel) + bias, 0.0)
