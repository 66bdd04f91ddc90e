# %% counts_only_trainable
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (20, False), (21, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10)])

# %% ends_in_softmax
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10, "softmax")])

# %% forgets_to_return
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    keras.Sequential([*stack, layers.Flatten(), layers.Dense(10)])

# %% frozen
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    net = keras.Sequential([*stack, layers.Flatten(), layers.Dense(10)])
    net.trainable = False
    return net

# %% learns_nothing_behind_dropout [subtle]
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dropout(0.99), layers.Dense(10)])

# %% no_convolution
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
    return keras.Sequential([*stack, keras.layers.Dense(10)])

# %% one_hot_missing_class
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(9)])

# %% over_the_limit
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (24, False), (24, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10)])

# %% relu_on_logits [subtle]
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10, kernel_initializer="zeros", activation="relu")])

# %% rgb_input
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 3)), move]
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10)])

# %% saturated_sigmoids [subtle]
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack.append(layers.Rescaling(1 / 255))
    for filters, pool in ((8, True), (16, True), (16, False), (16, True)):
        stack += block(filters, pool=pool)
    return keras.Sequential([*stack, layers.Activation("sigmoid"), layers.Flatten(), layers.Dense(10, "sigmoid"), layers.Dense(10, "sigmoid"), layers.Dense(10)])

# %% the_courses_own
build_small = ours.build_small
