def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = keras.Model(model.inputs[0], model.get_layer(name).output)
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0, ..., :1]
