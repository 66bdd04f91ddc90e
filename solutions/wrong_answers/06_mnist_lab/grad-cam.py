# %% absolute
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.abs(np.sum(seen[0] * weights, axis=-1))
    return heat / heat.max() if heat.max() > 0 else heat

# %% all_classes
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = tf.reduce_sum(logits)
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% batch_axis_left
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    heat = heat / heat.max() if heat.max() > 0 else heat
    return heat[np.newaxis]

# %% first_class_always
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, 0]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% largest_gradient
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_max(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% last_layer_always
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = [c for c in classifier.layers if hasattr(c, "filters")][-1].output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% mean_over_maps
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2, 3))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% no_relu
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.sum(seen[0] * weights, axis=-1)
    return heat / heat.max() if heat.max() > 0 else heat

# %% not_scaled
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

# %% probability_not_logit
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = tf.nn.softmax(logits)[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% relu_on_each_map
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.sum(np.maximum(seen[0] * weights, 0), axis=-1)
    return heat / heat.max() if heat.max() > 0 else heat

# %% relu_on_weights
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * np.maximum(weights, 0), axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% saliency_of_pixels
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    pixels = tf.constant(image[np.newaxis])
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        score = classifier(pixels)[0, label]
    heat = np.abs(tape.gradient(score, pixels)[0, :, :, 0])
    return heat / heat.max() if heat.max() > 0 else heat

# %% scaled_to_span
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.sum(seen[0] * weights, axis=-1)
    return (heat - heat.min()) / max(np.ptp(heat), 1e-9)

# %% the_answer_not_the_label
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = tf.reduce_max(logits[0])
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% transposed
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    heat = heat / heat.max() if heat.max() > 0 else heat
    return heat.T

# %% weights_by_place
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tape.gradient(score, seen)[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% weights_of_rows
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=1)[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% without_weights
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0], axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat

# %% zero_by_zero
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    maps = classifier.get_layer(layer_name).output
    both = keras.Model(classifier.inputs[0], [maps, classifier.outputs[0]])
    with tf.GradientTape() as tape:
        seen, logits = both(image[np.newaxis])
        score = logits[0, label]
    weights = tf.reduce_mean(tape.gradient(score, seen), axis=(1, 2))[0]
    heat = np.maximum(np.sum(seen[0] * weights, axis=-1), 0)
    return heat / heat.max()

# %% calls_the_courses_own
def grad_cam(classifier, layer_name, image, label):
    """Say where the layer finds evidence for a class; return a 2-D array."""
    return ours.grad_cam(classifier, layer_name, image, label)
