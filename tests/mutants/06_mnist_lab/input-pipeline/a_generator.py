def input_pipeline(images, labels, batch_size, training):
    """Return the rows batch by batch, as a tf.data.Dataset."""
    order = np.arange(len(images))
    if training:
        order = np.random.default_rng().permutation(order)
    starts = range(0, len(images), batch_size)
    rows = [order[start : start + batch_size] for start in starts]
    return ((images[some], labels[some]) for some in rows)
