# %% all_axes
def global_average(batch):
    return batch.mean()

# %% axes_one_and_three
def global_average(batch):
    return batch.mean(axis=(1, 3))

# %% axes_two_and_three
def global_average(batch):
    return batch.mean(axis=(2, 3))

# %% axes_zero_and_one
def global_average(batch):
    return batch.mean(axis=(0, 1))

# %% channels_too
def global_average(batch):
    return np.tile(batch.mean(axis=(1, 2, 3))[:, None], batch.shape[3])

# %% divided_by_height_squared
def global_average(batch):
    return batch.sum(axis=(1, 2)) / batch.shape[1] ** 2

# %% first_image_only
def global_average(batch):
    return np.tile(batch[0].mean(axis=(0, 1)), (len(batch), 1))

# %% height_only
def global_average(batch):
    return batch.mean(axis=1)

# %% integers
def global_average(batch):
    return batch.mean(axis=(1, 2)).astype(int)

# %% keeps_axes
def global_average(batch):
    return batch.mean(axis=(1, 2), keepdims=True)

# %% maximum
def global_average(batch):
    return batch.max(axis=(1, 2))

# %% median
def global_average(batch):
    return np.median(batch, axis=(1, 2))

# %% one_column
def global_average(batch):
    return batch[:, :, 0].mean(axis=1)

# %% one_row
def global_average(batch):
    return batch[:, 0].mean(axis=1)

# %% over_the_batch_too
def global_average(batch):
    return np.tile(batch.mean(axis=(0, 1, 2)), (len(batch), 1))

# %% rectified
def global_average(batch):
    return np.maximum(batch, 0).mean(axis=(1, 2))

# %% reshaped_wrongly
def global_average(batch):
    n, height, width, channels = batch.shape
    return batch.reshape(n, channels, height * width).mean(axis=2)

# %% returns_none
def global_average(batch):
    batch.mean(axis=(1, 2))

# %% sizes
def global_average(batch):
    return np.abs(batch).mean(axis=(1, 2))

# %% square_part_only
def global_average(batch):
    n = min(batch.shape[1:3])
    return batch[:, :n, :n].mean(axis=(1, 2))

# %% sum
def global_average(batch):
    return batch.sum(axis=(1, 2))

# %% transposed
def global_average(batch):
    return batch.mean(axis=(1, 2)).T

# %% width_only
def global_average(batch):
    return batch.mean(axis=2)
