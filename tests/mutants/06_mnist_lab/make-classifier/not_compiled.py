def make_classifier():
    """Return a new, compiled model."""
    classifier = build_model()
    return classifier


classifier = make_classifier()
