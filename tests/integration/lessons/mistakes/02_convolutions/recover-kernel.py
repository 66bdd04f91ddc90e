# %% flipped
# says: the kernel is flipped
def recover_kernel(image, output):
    shape = np.subtract(image.shape, output.shape) + 1
    weights = np.linalg.lstsq(windows_of(image, *shape), output.ravel(), rcond=None)[0]
    return weights.reshape(shape)[::-1, ::-1]


# %% not_reshaped
# says: give the weights the kernel's shape: `reshape`
def recover_kernel(image, output):
    shape = np.subtract(image.shape, output.shape) + 1
    return np.linalg.lstsq(windows_of(image, *shape), output.ravel(), rcond=None)[0]


# %% whole_tuple
# says: a tuple came back: return its item [0], the weights
def recover_kernel(image, output):
    shape = np.subtract(image.shape, output.shape) + 1
    return np.linalg.lstsq(windows_of(image, *shape), output.ravel(), rcond=None)


# %% off_by_one
# says: shape (2, 1), not (12 - 10 + 1, 16 - 15 + 1)
def recover_kernel(image, output):
    shape = np.subtract(image.shape, output.shape)
    return np.zeros(shape)


# %% too_few_steps
# says: with `descend`: enough steps?
# wrong answer: ten_steps_of_descent
