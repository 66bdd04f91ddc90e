# subtle
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    mixed = train.reshape(-1, size)[:, order].reshape(train.shape)
    return mixed, test.reshape(-1, size)[:, np.argsort(order)].reshape(test.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test looks whether it stays
mixed_sample = shuffle_pixels(sample, sample, seed=1)
