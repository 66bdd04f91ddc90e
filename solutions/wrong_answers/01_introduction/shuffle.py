# %% changes_its_input
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    for images in (train, test):
        images[:] = images.reshape(-1, size)[:, order].reshape(images.shape)
    return train, test


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% columns_only
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(width)
    return train[:, :, order], test[:, :, order]


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% drawn_with_repeats
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.integers(size, size=size)
    return tuple(
        images.reshape(-1, size)[:, order].reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% fixed_seed
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = np.random.default_rng(1).permutation(size)
    return tuple(
        images.reshape(-1, size)[:, order].reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% image_axes_mixed
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return tuple(
        images.reshape(size, -1)[order].reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% images_into_each_other
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return tuple(
        rng.permutation(images.ravel()).reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% images_not_pixels
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return rng.permutation(train), rng.permutation(test)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% inverse_for_test
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    mixed = train.reshape(-1, size)[:, order].reshape(train.shape)
    return mixed, test.reshape(-1, size)[:, np.argsort(order)].reshape(test.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% left_flat
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return train.reshape(-1, size)[:, order], test.reshape(-1, size)[:, order]


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% order_per_array
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return tuple(
        images.reshape(-1, size)[:, rng.permutation(size)].reshape(images.shape)
        for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% order_per_image
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return tuple(
        np.array([rng.permutation(image.ravel()).reshape(height, width) for image in images])
        for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% order_per_image_in_test
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    mixed = train.reshape(-1, size)[:, order].reshape(train.shape)
    return mixed, rng.permuted(test.reshape(-1, size), axis=1).reshape(test.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% order_per_image_permuted
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return tuple(
        rng.permuted(images.reshape(-1, size), axis=1).reshape(images.shape)
        for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% outputs_swapped
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    train, test = (
        images.reshape(-1, size)[:, order].reshape(images.shape) for images in (train, test)
    )
    return test, train


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% rows_and_columns
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(height), rng.permutation(width)
    return train[:, rows][:, :, columns], test[:, rows][:, :, columns]


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% rows_only
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(height)
    return train[:, order], test[:, order]


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% same_count_for_both
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return tuple(
        images.reshape(-1, size)[:, order].reshape(-1, height, width)[:2]
        for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% seed_ignored
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = np.random.default_rng().permutation(size)
    return tuple(
        images.reshape(-1, size)[:, order].reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% shifted
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return tuple(np.roll(a, seed % 5 + 1, axis=(1, 2)) for a in (train, test))


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% test_only
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return train, test.reshape(-1, size)[:, order].reshape(test.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% train_only
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return train.reshape(-1, size)[:, order].reshape(train.shape), test


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% train_only_returned
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return train.reshape(-1, size)[:, order].reshape(train.shape)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% transposed_back_wrongly
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return tuple(
        images.reshape(-1, size).T[order].reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% transposed_only
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return tuple(
        images.transpose(0, 2, 1).reshape(images.shape) for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% turned_round
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    return train[:, ::-1, ::-1], test[:, ::-1, ::-1]


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% width_for_height
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permutation(size)
    return tuple(
        images.reshape(-1, size)[:, order].reshape(-1, width, height)
        for images in (train, test)
    )


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% within_rows
def shuffle_pixels(train, test, seed):
    count, height, width = train.shape
    size = height * width
    rng = np.random.default_rng(seed)
    order = rng.permuted(np.tile(np.arange(width), (height, 1)), axis=1)
    return tuple(np.take_along_axis(a, order[None], axis=2) for a in (train, test))


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% the_courses_own
shuffle_pixels = ours.shuffle_pixels


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)

# %% calls_the_courses_own
def shuffle_pixels(train, test, seed):
    return ours.shuffle_pixels(train, test, seed)


sample = np.arange(24.0).reshape(2, 3, 4)  # the test checks that it is kept
mixed_sample = shuffle_pixels(sample, sample, seed=1)
