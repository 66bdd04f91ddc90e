# subtle
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)
