# %% returns_the_output
# says: returned a tensor: keras.Model(inputs, outputs) makes a model of both ends
def slide_graph():
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    return layers.Dense(10)(layers.Flatten()(maps))


# %% sequential
# says: returned a keras.Sequential: here the functional style is asked for
def slide_graph():
    return slide_model()


# %% layer_forgotten
# says: its layers after the input are convolution, convolution, flatten, dense, dense;
def slide_graph():
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))


# %% layer_made_of_a_tensor
# says: first make the layer: Flatten()(x)
def slide_graph():
    image = keras.Input((28, 28, 1))
    x = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    x = layers.Conv2D(8, 3, 2, "same", activation="relu")(x)
    x = layers.Conv2D(12, 3, 2, "same", activation="relu")(x)
    x = layers.Dense(200, activation="relu")(layers.Flatten(x))
    return keras.Model(image, layers.Dense(10)(x))
