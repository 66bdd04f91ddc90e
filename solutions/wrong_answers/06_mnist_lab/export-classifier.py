# %% a_model_of_its_own [subtle]
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = keras.models.clone_model(classifier)(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% classifier_alone
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    classifier.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(images).numpy()

# %% divides_by_256 [subtle]
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 256)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% floats_wanted
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="float32")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% keras_file
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.save(f"{folder}.keras")


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% logits
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, logits)
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% not_scaled [subtle]
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1.0)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% nothing_written
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% rows_and_columns_swapped [subtle]
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(keras.layers.Permute((2, 1))(raw))
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% scaled_twice [subtle]
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255**2)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% sigmoid
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Activation("sigmoid")(logits))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()

# %% softmax_twice [subtle]
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(keras.layers.Softmax()(logits)))
    service.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(tf.constant(images)).numpy()
