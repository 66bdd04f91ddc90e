def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat
