def feature_maps(model, name, image):
    """Return what one layer makes of one image."""
    extractor = model
    return keras.ops.convert_to_numpy(extractor(image[np.newaxis]))[0]
