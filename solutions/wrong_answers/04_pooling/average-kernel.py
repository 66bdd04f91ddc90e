# %% blur_weights
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1.0) * np.outer(np.hamming(k + 2)[1:-1], np.hamming(k + 2)[1:-1])[:, :, None, None] / np.outer(np.hamming(k + 2)[1:-1], np.hamming(k + 2)[1:-1]).sum()


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% channels_first
def depthwise_kernel(k, channels):
    return np.full((channels, 1, k, k), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_axes_swapped
def depthwise_kernel(k, channels):
    return np.full((k, k, 1, channels), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_divided_by_channels_too
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2 / channels)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_divided_by_k
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_divided_by_two
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / 4)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_integers
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 // k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_is_the_full_one
def depthwise_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_sums
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1))


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_upper_left_only
def depthwise_kernel(k, channels):
    return np.pad(np.ones((1, 1, channels, 1)), ((0, k - 1), (0, k - 1), (0, 0), (0, 0)))


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% depthwise_without_channels
def depthwise_kernel(k, channels):
    return np.full((k, k), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% full_averages_channels
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.full((k, k, channels, channels), 1 / k**2 / channels)

# %% full_channels_reversed
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels)[::-1] / k**2, (k, k, 1, 1))

# %% full_diagonal_of_the_window
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.einsum('ab,cd->abcd', np.eye(k), np.eye(channels)) / k**2

# %% full_divided_by_channels_too
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2 / channels, (k, k, 1, 1))

# %% full_divided_by_k
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k, (k, k, 1, 1))

# %% full_first_channel_only
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.diag(np.arange(channels) == 0) / k**2, (k, k, 1, 1))

# %% full_identity_over_all_axes
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.eye(k * k * channels, channels).reshape(k, k, channels, channels) / k**2

# %% full_is_the_depthwise_one
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)

# %% full_mixes_channels
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.full((k, k, channels, channels), 1 / k**2)

# %% full_negative
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return -np.tile(np.eye(channels) / k**2, (k, k, 1, 1))

# %% full_sums
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels), (k, k, 1, 1))

# %% full_upper_left_only
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.pad(np.eye(channels)[None, None], ((0, k - 1), (0, k - 1), (0, 0), (0, 0)))

# %% full_zeros
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.zeros((k, k, channels, channels))

# %% sums_in_both
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1))


def full_kernel(k, channels):
    return np.tile(np.eye(channels), (k, k, 1, 1))
