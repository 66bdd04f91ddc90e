# subtle
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
