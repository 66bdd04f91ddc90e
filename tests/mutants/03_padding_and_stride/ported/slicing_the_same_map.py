# subtle
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, padding="same"),
        keras.layers.Cropping2D(((1, 0), (1, 0))),
        keras.layers.MaxPooling2D(1, strides=2),
    ]
)
ported.set_weights(torch_weights())
