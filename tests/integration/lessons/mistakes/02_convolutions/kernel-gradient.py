# %% no_factor_two
# says: the square gives a factor of 2
# wrong answer: factor_two_missing


# %% sum_not_mean
# says: the loss is a mean, not a sum
# wrong answer: sum_not_mean


# %% target_minus_output
# says: wrong sign: the error is output minus target
def kernel_gradient(image, kernel, target):
    error = target - numerics.corr2d(image, kernel)
    return 2 * numerics.corr2d(image, error) / error.size


# %% flipped
# says: the two are in reverse: nothing is flipped
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 * np.flip(numerics.corr2d(image, error)) / error.size


# %% one_number
# says: returned the single number -3, not a NumPy array: its shape must be 1 × 2
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return 2 * np.sum(numerics.corr2d(image, error)) / error.size


# %% the_loss_itself
# says: returned the single number 3, not a NumPy array: its shape must be 1 × 2
def kernel_gradient(image, kernel, target):
    return loss_of(image, kernel, target)


# %% takes_the_step
# says: the kernel stays as it is: return only the gradient
def kernel_gradient(image, kernel, target):
    error = numerics.corr2d(image, kernel) - target
    return kernel - 0.1 * 2 * numerics.corr2d(image, error) / error.size


# %% the_courses_own
# says: write kernel_gradient yourself, instead of calling the course's own
# wrong answer: calls_the_courses_own
