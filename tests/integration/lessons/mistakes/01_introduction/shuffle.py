# %% order_for_each_image
# says: each image has its own order: draw one order for all
def shuffle_pixels(train, test, seed):
    rng = np.random.default_rng(seed)

    def mix(image):
        return rng.permutation(image.ravel()).reshape(image.shape)

    return np.array([mix(a) for a in train]), np.array([mix(a) for a in test])


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% test_only
# says: train is not shuffled
def shuffle_pixels(train, test, seed):
    size = test.shape[1] * test.shape[2]
    order = np.random.default_rng(seed).permutation(size)
    return train, test.reshape(len(test), size)[:, order].reshape(test.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% whole_rows
# says: whole rows or columns moved: shuffle all pixels
def shuffle_pixels(train, test, seed):
    order = np.random.default_rng(seed).permutation(train.shape[1])
    return train[:, order], test[:, order]


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% in_place
# says: the images that you got are changed: work on a copy
def shuffle_pixels(train, test, seed):
    size = train.shape[1] * train.shape[2]
    order = np.random.default_rng(seed).permutation(size)
    for images in (train, test):
        images[:] = images.reshape(len(images), size)[:, order].reshape(images.shape)
    return train, test


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% images_instead_of_pixels
# says: pixels moved to another image
def shuffle_pixels(train, test, seed):
    rng = np.random.default_rng(seed)
    return rng.permutation(train), rng.permutation(test)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% nothing_returned
# says: shuffle_pixels returned None: `return` is missing
def shuffle_pixels(train, test, seed):
    size = train.shape[1] * train.shape[2]
    order = np.random.default_rng(seed).permutation(size)
    train = train.reshape(len(train), size)[:, order].reshape(train.shape)
    test = test.reshape(len(test), size)[:, order].reshape(test.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)
