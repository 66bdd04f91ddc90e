# %% bias_per_channel_in
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 + 1) * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% channels_in_left_out
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% conv_without_bias
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2]) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% dense_reads_rows_only
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] // 2 + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% dense_without_bias
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% layers_without_weights_left_out
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        if count:
            counts.append(count)
        shape = trace[place]
    return counts

# %% no_bias
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2]) * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% one_bias_a_layer
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = layer["k"] ** 2 * shape[2] * layer["filters"] + 1
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% output_channels_twice
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * trace[place][2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% pool_counted_as_conv
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] in ("conv", "pool"):
            count = (layer["k"] ** 2 * shape[2] + 1) * layer.get("filters", shape[2])
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% shape_of_the_input_always
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
    return counts

# %% strides_reduce
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = ((layer["k"] // layer["s"]) ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% times_places
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2] + 1) * layer["filters"] * trace[place][0] * trace[place][1]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% total_only
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return sum(counts)

# %% window_doubled
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] * 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% window_not_squared
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["k"] * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = trace[place]
    return counts

# %% asks_keras
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    return [layer.count_params() for layer in build(stack, shape).layers]
