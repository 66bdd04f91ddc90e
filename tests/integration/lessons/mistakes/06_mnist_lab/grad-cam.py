# %% prints_instead_of_returning
# says: `print` shows a value, `return` hands it over
def grad_cam(classifier, layer_name, image, label):
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    print(heat)


# %% no_relu
# says: negative values must become 0
# wrong answer: no_relu


# %% not_scaled
# says: divide by the largest value
# wrong answer: not_scaled


# %% zero_by_zero
# says: 0 / 0: no value is positive here
# wrong answer: zero_by_zero


# %% always_the_answer
# says: that is the map of another class
def grad_cam(classifier, layer_name, image, label):
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = tf.reduce_max(logits)
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat


# %% a_tensor
# says: not a NumPy array
def grad_cam(classifier, layer_name, image, label):
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return tf.constant(heat / max(heat.max(), 1e-9))


# %% batch_axis
# says: 2 axes are asked for, not 3
def grad_cam(classifier, layer_name, image, label):
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return (heat / max(heat.max(), 1e-9))[np.newaxis]


# %% no_batch_axis
# says: a model reads a batch
def grad_cam(classifier, layer_name, image, label):
    layer = classifier.get_layer(layer_name)
    both = keras.Model(classifier.inputs[0], [layer.output, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        maps, logits = both(image)
        logit = logits[0, label]
    alpha = tape.gradient(logit, maps).numpy()[0].mean(axis=(0, 1))
    m = (maps.numpy()[0] * alpha).sum(axis=-1)
    m = np.maximum(0, m)
    if m.max() > 0:
        m = m / m.max()
    return m


# %% after_the_tape
# says: use the model and `logit` inside `with`
def grad_cam(classifier, layer_name, image, label):
    layer = classifier.get_layer(layer_name)
    both = keras.Model(classifier.inputs[0], [layer.output, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        maps, logits = both(image[None])
    logit = logits[0, label]
    alpha = tape.gradient(logit, maps).numpy()[0].mean(axis=(0, 1))
    m = (maps.numpy()[0] * alpha).sum(axis=-1)
    m = np.maximum(0, m)
    if m.max() > 0:
        m = m / m.max()
    return m


# %% of_the_layers_output
# says: with respect to the maps it gave you
def grad_cam(classifier, layer_name, image, label):
    layer = classifier.get_layer(layer_name)
    both = keras.Model(classifier.inputs[0], [layer.output, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        maps, logits = both(image[None])
        logit = logits[0, label]
    alpha = tape.gradient(logit, layer.output).numpy()[0].mean(axis=(0, 1))
    m = (maps.numpy()[0] * alpha).sum(axis=-1)
    m = np.maximum(0, m)
    if m.max() > 0:
        m = m / m.max()
    return m
