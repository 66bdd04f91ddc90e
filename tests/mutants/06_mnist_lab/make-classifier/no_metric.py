# subtle
def make_classifier():
    """Return a new, compiled model."""
    classifier = build_model()
    classifier.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return classifier


classifier = make_classifier()
