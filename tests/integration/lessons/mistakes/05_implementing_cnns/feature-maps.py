# %% no_batch_axis
# says: found shape=(9, 8): put a batch axis in front
def feature_maps(model, name, image):
    first = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(first(image))[0]


# %% batch_axis_kept
# says: returned shape (1, 9, 8, 2) where (9, 8, 2) was asked: the batch axis is still there
def feature_maps(model, name, image):
    first = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(first(image[None]))


# %% a_tensor
# says: an EagerTensor, not a NumPy array
def feature_maps(model, name, image):
    first = keras.Model(model.inputs[0], model.get_layer(name).output)
    return first(image[None])[0]


# %% layer_alone
# says: it must go through the layers before, too
def feature_maps(model, name, image):
    return keras.ops.convert_to_numpy(model.get_layer(name)(image[None]))[0]
