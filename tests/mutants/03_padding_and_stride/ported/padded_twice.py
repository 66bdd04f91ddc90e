ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2, padding="same"),
    ]
)
ported.set_weights(torch_weights())
