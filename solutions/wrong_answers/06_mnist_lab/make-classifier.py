# %% cnn_always
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

# %% dropout_before_hidden
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% dropout_everywhere
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% dropout_fixed
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% dropout_left_out
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% hidden_in_reverse
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% hidden_without_relu
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% learning_rate_ignored
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% linear_is_dnn
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% linear_with_relu
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% logits_not_declared
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return classifier

# %% loss_by_name
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return classifier

# %% no_metric
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return classifier

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
        classifier = build() if kind == "cnn" else kind()
    return classifier

# %% one_hidden_layer
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% one_hot_loss
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% plain_sgd
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.SGD(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% share_kept_not_dropped
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% softmax_twice
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
        classifier = build() if kind == "cnn" else kind()
    classifier = keras.Sequential([classifier, layers.Softmax()])
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return classifier

# %% squared_error
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
        classifier = build() if kind == "cnn" else kind()
    classifier.compile(
        optimizer=keras.optimizers.Adam(params["learning_rate"]),
        loss="mse",
        metrics=["accuracy"],
    )
    return classifier

# %% calls_the_courses_own
def make_classifier(params):
    """Return a new, compiled model: what an EstimatorSpec held."""
    return ours.make_classifier(params)
