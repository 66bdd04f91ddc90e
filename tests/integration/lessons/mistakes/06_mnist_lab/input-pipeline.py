# %% returns_nothing
# says: `print` shows a value, `return` hands it over
def input_pipeline(images, labels, batch_size, training):
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    rows.batch(batch_size).prefetch(1)


# %% returns_arrays
# says: return a tf.data.Dataset, not a tuple
def input_pipeline(images, labels, batch_size, training):
    return images[:batch_size], labels[:batch_size]


# %% shuffles_after_batching
# says: one pass gives batches of
def input_pipeline(images, labels, batch_size, training):
    rows = tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size)
    if training:
        rows = rows.shuffle(len(images))
    return rows.prefetch(1)


# %% small_buffer
# says: shuffle(len(images))
def input_pipeline(images, labels, batch_size, training):
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(10)
    return rows.batch(batch_size).prefetch(1)


# %% always_shuffles
# says: without training, the rows must keep their order
def input_pipeline(images, labels, batch_size, training):
    rows = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images))
    return rows.batch(batch_size).prefetch(1)


# %% no_prefetch
# says: prefetch, as the last step
# wrong answer: no_prefetch
