# subtle
def count_params(stack, shape):
    """List the number of weights and biases of each layer."""
    counts = []
    for layer, output in zip(stack, shape_trace(stack, shape), strict=True):
        count = 0
        if layer["kind"] == "conv":
            count = ((layer["k"] // layer["s"]) ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (shape[0] + 1) * layer["units"]
        counts.append(count)
        shape = output
    return counts
