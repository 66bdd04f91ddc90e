# subtle
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        images = tf.data.Dataset.from_tensor_slices(images)
        labels = tf.data.Dataset.from_tensor_slices(labels)
        images, labels = images.shuffle(200), labels.shuffle(200)
        rows = tf.data.Dataset.zip((images, labels))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)
