# %% a_function_not_a_model
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10)]
    return build_own

# %% dense_only
def build_own():
    """Return a new CNN: my own."""
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
    stack += [keras.layers.Dense(256, activation="relu"), keras.layers.Dense(10)]
    return keras.Sequential(stack)

# %% ends_in_softmax
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10, "softmax")]
    return keras.Sequential(stack)

# %% forgets_to_return
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10)]
    keras.Sequential(stack)

# %% frozen
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10)]
    net = keras.Sequential(stack)
    net.trainable = False
    return net

# %% over_the_limit
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dense(2048, "relu"), layers.Dense(64), layers.Dropout(0.1), layers.Dense(10)]
    return keras.Sequential(stack)

# %% rgb_input
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 3)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10)]
    return keras.Sequential(stack)

# %% twelve_classes
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(12)]
    return keras.Sequential(stack)

# %% zeroed_head [subtle]
def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10, kernel_initializer="zeros", activation="relu")]
    return keras.Sequential(stack)

# %% the_courses_own
build_own = ours.build_own
