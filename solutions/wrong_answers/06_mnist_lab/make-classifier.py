# %% cnn_always [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if False:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% dropout_before_hidden [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": dropout + hidden}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% dropout_everywhere [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden + dropout, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% dropout_fixed [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(0.5)]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% dropout_left_out [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% hidden_in_reverse [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (100, 300)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% hidden_without_relu [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units) for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% learning_rate_ignored [subtle]
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
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% linear_is_dnn [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": hidden, "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% linear_with_relu [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10, "relu")])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% logits_not_declared [subtle]
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
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% loss_by_name [subtle]
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

# %% no_metric [subtle]
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
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% not_compiled
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
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% one_hidden_layer [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300,)]
    dropout = [layers.Dropout(params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% one_hot_loss [subtle]
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
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% plain_sgd [subtle]
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
        optimizer=keras.optimizers.SGD(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% share_kept_not_dropped [subtle]
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    layers, kind = keras.layers, params["kind"]
    hidden = [layers.Dense(units, activation="relu") for units in (300, 100)]
    dropout = [layers.Dropout(1 - params["dropout"])]
    middle = {"linear": [], "dnn": hidden, "dnn_dropout": hidden + dropout}
    if kind in middle:
        stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle[kind]]
        classifier = keras.Sequential([*stack, layers.Dense(10)])
    else:
        classifier = build_model() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% softmax_twice [subtle]
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
    classifier = keras.Sequential([classifier, layers.Softmax()])
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)

# %% squared_error [subtle]
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
        loss="mse",
        metrics=["accuracy"],
    )
    return classifier


params = {"kind": "cnn", "learning_rate": 0.001, "dropout": 0.4}
classifier = make_classifier(params)
