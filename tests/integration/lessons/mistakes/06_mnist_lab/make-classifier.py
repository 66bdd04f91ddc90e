# %% returns_nothing
# says: `print` shows a value, `return` hands it over
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10)]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.Adam(params["learning_rate"]), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    net.summary()


# %% softmax_and_from_logits
# says: it must give logits
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10, "softmax")]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.Adam(params["learning_rate"]), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return net


# %% loss_does_not_know
# says: does it know that these are logits?
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10)]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.Adam(params["learning_rate"]), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return net


# %% one_hot_loss
# says: labels are whole numbers
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10)]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.Adam(params["learning_rate"]), "categorical_crossentropy", metrics=["accuracy"])
    return net


# %% default_rate
# says: its learning rate is 0.001
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10)]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.Adam(), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return net


# %% sgd
# says: its optimiser is SGD, not Adam
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10)]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.SGD(params["learning_rate"]), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return net


# %% no_metrics
# says: the metric is missing
def make_classifier(params):
    layers, kind = keras.layers, params["kind"]
    deep = [layers.Dense(300, activation="relu"), layers.Dense(100, activation="relu")]
    if kind == "linear":
        middle = []
    elif kind == "dnn":
        middle = deep
    elif kind == "dnn_dropout":
        middle = [*deep, layers.Dropout(params["dropout"])]
    else:
        return build() if kind == "cnn" else kind()
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), *middle, layers.Dense(10)]
    net = keras.Sequential(stack)
    net.compile(keras.optimizers.Adam(params["learning_rate"]), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return net


# %% cnn_not_compiled
# says: kind cnn: the model is not compiled
def make_classifier(params):
    kind = params["kind"]
    layers = keras.layers
    if kind == "cnn":
        return build()
    elif callable(kind):
        model = kind()
    else:
        stack = [keras.Input((28, 28, 1)), layers.Flatten()]
        if kind != "linear":
            stack += [layers.Dense(300, "relu"), layers.Dense(100, "relu")]
        if kind == "dnn_dropout":
            stack += [layers.Dropout(params["dropout"])]
        model = keras.Sequential(stack + [layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    adam = keras.optimizers.Adam(params["learning_rate"])
    model.compile(optimizer=adam, loss=loss, metrics=["accuracy"])
    return model


# %% function_not_called
# says: 'function' object has no attribute
def make_classifier(params):
    kind = params["kind"]
    layers = keras.layers
    if kind == "cnn":
        model = build()
    elif callable(kind):
        model = kind
    else:
        stack = [keras.Input((28, 28, 1)), layers.Flatten()]
        if kind != "linear":
            stack += [layers.Dense(300, "relu"), layers.Dense(100, "relu")]
        if kind == "dnn_dropout":
            stack += [layers.Dropout(params["dropout"])]
        model = keras.Sequential(stack + [layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    adam = keras.optimizers.Adam(params["learning_rate"])
    model.compile(optimizer=adam, loss=loss, metrics=["accuracy"])
    return model


# %% a_dropout_of_its_own
# says: it drops 0.4, not params["dropout"], 0.3
def make_classifier(params):
    kind = params["kind"]
    layers = keras.layers
    if kind == "cnn":
        model = build()
    elif callable(kind):
        model = kind()
    else:
        stack = [keras.Input((28, 28, 1)), layers.Flatten()]
        if kind != "linear":
            stack += [layers.Dense(300, "relu"), layers.Dense(100, "relu")]
        if kind == "dnn_dropout":
            stack += [layers.Dropout(0.4)]
        model = keras.Sequential(stack + [layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    adam = keras.optimizers.Adam(params["learning_rate"])
    model.compile(optimizer=adam, loss=loss, metrics=["accuracy"])
    return model
