def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    classifier.export(folder, verbose=False)


def ask(folder, images):
    """Load the service and ask it."""
    service = tf.saved_model.load(folder)
    return service.serve(images).numpy()
