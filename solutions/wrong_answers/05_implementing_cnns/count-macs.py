# %% biases_counted
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"] + places * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% channels_in_left_out
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% dense_bias_counted
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% dense_units_only
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% divided_by_the_stride
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = (shape[0] // layer["s"]) * (shape[1] // layer["s"])
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% divided_by_the_stride_once
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = shape[0] * shape[1] // layer["s"]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% filters_left_out
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% from_the_input_size
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = shape[0] * shape[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% layers_without_work_left_out
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        if count:
            counts.append(count)
        shape = output
    return counts

# %% multiplications_and_additions
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(2 * count)
        shape = output
    return counts

# %% output_channels_twice
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * output[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% padding_not_counted
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = ((shape[0] - layer["k"]) // layer["s"] + 1) * ((shape[1] - layer["k"]) // layer["s"] + 1)
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% parameters_times_places
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% places_left_out
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% pool_counted
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        if layer["kind"] == "pool":
            count = output[0] * output[1] * layer["k"] ** 2 * shape[2]
        counts.append(count)
        shape = output
    return counts

# %% rows_only
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% rows_squared
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] ** 2
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts

# %% shape_of_the_input_always
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
    return counts

# %% total_only
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return sum(counts)

# %% window_not_squared
def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts, trace = [], shape_trace(stack, shape)
    for place, layer in enumerate(stack):
        count, output = 0, trace[place]
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        counts.append(count)
        shape = output
    return counts
