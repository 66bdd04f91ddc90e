# %% changes_its_input
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    images = images.astype("float32", copy=False)
    images /= 255
    return images[..., np.newaxis]

# %% channels_first
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images[:, np.newaxis].astype("float32") / 255

# %% divides_by_256
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images[..., np.newaxis].astype("float32") / 256

# %% float64
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images[..., np.newaxis].astype("float64") / 255

# %% no_channel_axis
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images.astype("float32") / 255

# %% not_scaled
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images[..., np.newaxis].astype("float32")

# %% scales_twice
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images[..., np.newaxis].astype("float32") / 255 / 255

# %% stretches_to_own_range
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    x = images[..., np.newaxis].astype("float32")
    return (x - x.min()) / (x.max() - x.min())

# %% whole_numbers
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return (images // 255)[..., np.newaxis].astype("float32")

# %% width_before_height
def preprocess(images):
    """Scale grey values to 0..1 and add the channel axis."""
    return images.transpose(0, 2, 1)[..., np.newaxis].astype("float32") / 255

# %% the_courses_own
preprocess = ours.preprocess
