# subtle
def make_classifier():
    """Return a new, compiled model."""
    classifier = keras.Sequential([build_model(), keras.layers.Softmax()])
    classifier.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


classifier = make_classifier()
