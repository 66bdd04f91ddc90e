ported = keras.layers.Conv2D(4, 3, strides=2)
