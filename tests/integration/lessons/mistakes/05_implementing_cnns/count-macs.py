# %% positions_of_the_input
# says: item 0 is 174240, not 16800: positions of the output, not of the input
def count_macs(stack, shape):
    counts = []
    for layer, output in zip(stack, trace(stack, shape)):
        if layer["kind"] == "conv":
            weights = layer["k"] ** 2 * shape[2] * layer["filters"]
            counts.append(shape[0] * shape[1] * weights)
        elif layer["kind"] == "dense":
            counts.append(shape[0] * layer["units"])
        else:
            counts.append(0)
        shape = output
    return counts


# %% only_layers_with_work
# says: returned 2 values ([16800, 120]): 4 values are asked for
def count_macs(stack, shape):
    counts = []
    for layer, output in zip(stack, trace(stack, shape)):
        if layer["kind"] == "conv":
            weights = layer["k"] ** 2 * shape[2] * layer["filters"]
            counts.append(output[0] * output[1] * weights)
        elif layer["kind"] == "dense":
            counts.append(shape[0] * layer["units"])
        shape = output
    return counts
