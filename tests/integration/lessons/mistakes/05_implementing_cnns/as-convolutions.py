# %% weights_not_copied
# says: the first kernel is not that of the model
def as_convolutions(model):
    return keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )


# %% matrices_not_reshaped
# says: reshape both matrices
def as_convolutions(model):
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    wide.set_weights(model.get_weights())
    return wide


# %% transposed_matrix
# says: reshape the matrices only, in the order of flattening
def as_convolutions(model):
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].T.reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide
