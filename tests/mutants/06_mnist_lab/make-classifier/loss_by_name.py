# subtle
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)
