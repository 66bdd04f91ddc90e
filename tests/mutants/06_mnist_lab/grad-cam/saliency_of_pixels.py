def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    pixels = tf.constant(image[np.newaxis])
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        score = classifier(pixels)[0, label]
    heat = np.abs(tape.gradient(score, pixels)[0, :, :, 0])
    return heat / heat.max() if heat.max() > 0 else heat
