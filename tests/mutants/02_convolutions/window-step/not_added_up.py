def window_step(patch, kernel, bias):
    return patch * kernel + bias
