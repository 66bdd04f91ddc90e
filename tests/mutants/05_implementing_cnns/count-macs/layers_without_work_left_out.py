def count_macs(stack, shape):
    """List the multiply-adds of each layer for one image."""
    counts = []
    for layer, output in zip(stack, shape_trace(stack, shape), strict=True):
        count = 0
        if layer["kind"] == "conv":
            places = output[0] * output[1]
            count = places * layer["k"] ** 2 * shape[2] * layer["filters"]
        elif layer["kind"] == "dense":
            count = shape[0] * layer["units"]
        if count:
            counts.append(count)
        shape = output
    return counts
