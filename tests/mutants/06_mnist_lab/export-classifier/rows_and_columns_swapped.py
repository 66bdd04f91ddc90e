# subtle
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
