# %% strides_kept
# says: layer 2, convolution, has stride 2, not stride 1
def pooled_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.MaxPooling2D(2, padding="same"),
            layers.Conv2D(12, 3, 1, "same", activation="relu"),
            layers.MaxPooling2D(1),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )


# %% pooled_after_each
# says: the output shape is (3, 3, 12), not (10,)
def pooled_model():
    stack = [keras.Input((28, 28, 1))]
    for filters, k in ((4, 5), (8, 3), (12, 3)):
        stack.append(layers.Conv2D(filters, k, 1, "same", activation="relu"))
        stack.append(layers.MaxPooling2D(2))
    return keras.Sequential(stack)


# %% pooled_by_average
# says: its layers after the input are convolution, convolution, AveragePooling2D
def pooled_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 1, "same", activation="relu"),
            layers.AveragePooling2D(2),
            layers.Conv2D(12, 3, 1, "same", activation="relu"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )
