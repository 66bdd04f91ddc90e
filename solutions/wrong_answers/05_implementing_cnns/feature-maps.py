# %% axes_swapped
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0].swapaxes(0, 1)

# %% batch_axis_at_the_end
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image[..., np.newaxis]))[0]

# %% batch_axis_kept
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))

# %% blank_image
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(0 * image[np.newaxis]))[0]

# %% first_map_only
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0, ..., :1]

# %% image_repeated
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(np.stack([image, image])))

# %% input_of_the_layer
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).input)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0]

# %% last_convolution_always
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.layers[0].output)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0]

# %% layer_alone
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    layer = model.get_layer(name)
    return keras.ops.convert_to_numpy(layer(image[np.newaxis]))[0]

# %% maps_scaled
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    maps = keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0]
    return maps / max(maps.max(), 1e-9)

# %% new_weights
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    extractor = keras.models.clone_model(extractor)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0]

# %% no_batch_axis
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image))

# %% no_batch_axis_first_taken
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image))[0]

# %% rectified
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0].clip(0)

# %% whole_model
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = model
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0]
