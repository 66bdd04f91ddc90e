# %% a_generator
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    order = np.arange(len(images))
    if training:
        order = np.random.default_rng().permutation(order)
    starts = range(0, len(images), batch_size)
    rows = [order[start : start + batch_size] for start in starts]
    return ((images[some], labels[some]) for some in rows)

# %% drawn_with_repeats
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.repeat().shuffle(len(images)).take(len(images))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% images_only
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices(images)
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% labels_first
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((labels, images))
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% last_batch_dropped
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(batch_size, drop_remainder=True).prefetch(tf.data.AUTOTUNE)

# %% never_shuffled
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% no_prefetch
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(batch_size)

# %% one_batch
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(len(images)).prefetch(tf.data.AUTOTUNE)

# %% pairs_torn
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        images = tf.data.Dataset.from_tensor_slices(images)
        labels = tf.data.Dataset.from_tensor_slices(labels)
        images, labels = images.shuffle(200), labels.shuffle(200)
        rows = tf.data.Dataset.zip((images, labels))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% prefetch_before_batch
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.prefetch(tf.data.AUTOTUNE).batch(batch_size)

# %% repeats_always
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.batch(batch_size).repeat().prefetch(tf.data.AUTOTUNE)

# %% repeats_in_training
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images)).repeat()
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% rows_not_batches
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images))
    return rows.prefetch(tf.data.AUTOTUNE)

# %% same_order_each_pass
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(len(images), reshuffle_each_iteration=False)
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% shuffled_always
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    rows = rows.shuffle(len(images))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% shuffled_once_in_numpy
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    if training:
        order = np.random.default_rng(0).permutation(len(images))
        images, labels = images[order], labels[order]
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% shuffles_batches
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.batch(batch_size).shuffle(len(images)).unbatch()
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% small_buffer
def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        rows = rows.shuffle(batch_size)
    return rows.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% the_courses_own
input_pipeline = ours.input_pipeline
