# subtle
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
