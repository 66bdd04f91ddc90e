# subtle
def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    layer = model.get_layer(name)
    return keras.ops.convert_to_numpy(layer(image[np.newaxis]))[0]
