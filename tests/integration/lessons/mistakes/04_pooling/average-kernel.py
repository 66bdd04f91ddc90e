# %% full_kernel_mixes_channels
# says: full_kernel(2, 3) returned an array with 0.25 at [0, 0, 0, 1], not 0 (24 of 36 values differ): 0 where c_in ≠ c_out
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1)) / k**2


def full_kernel(k, channels):
    return np.ones((k, k, channels, channels)) / k**2


# %% divided_by_k
# says: divide by k², the number of cells
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1)) / k


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k, (k, k, 1, 1))


# %% channels_first
# says: depthwise_kernel(2, 3) returned shape (3, 1, 2, 2) where (2, 2, 3, 1) was asked
def depthwise_kernel(k, channels):
    return np.ones((channels, 1, k, k)) / k**2


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))


# %% full_kernel_returns_nothing
# says: full_kernel(2, 3) returned None: `print` shows a value, `return` hands it over
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1)) / k**2


def full_kernel(k, channels):
    kernel = np.tile(np.eye(channels) / k**2, (k, k, 1, 1))


# %% one_function_still_blank
# says: Exercise 3, full_kernel: not answered yet
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1)) / k**2


def full_kernel(k, channels):
    """Return a kernel of shape (k, k, channels, channels)."""
    ...
