# %% prints_instead_of_returning
# says: `print` shows a value, `return` hands it over
def preprocess(images):
    print(images[..., np.newaxis].astype("float32") / 255)


# %% returns_a_list
# says: a list
def preprocess(images):
    return (images[..., np.newaxis].astype("float32") / 255).tolist()


# %% divides_by_256
# says: divide by 255, not by 256
# wrong answer: divides_by_256


# %% scales_twice
# says: divided by 255 twice
# wrong answer: scales_twice


# %% channel_first
# says: the channel axis is the last one
# wrong answer: channels_first


# %% no_channel
# says: 4 axes are asked for, not 3
# wrong answer: no_channel_axis


# %% in_place
# says: `images` has changed
def preprocess(images):
    images = np.asarray(images, dtype="float32")
    images /= 255
    return images[..., np.newaxis]


# %% integer_division
# says: an array of uint8: floats are asked for
def preprocess(images):
    return images[..., np.newaxis] // 255
