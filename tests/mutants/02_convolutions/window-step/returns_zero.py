# subtle
def window_step(patch, kernel, bias):
    return 0.0
