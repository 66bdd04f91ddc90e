# %% no_biases
# says: item 0 is 240, not 245: the biases are missing
def count_params(stack, shape):
    counts = []
    for layer, output in zip(stack, trace(stack, shape)):
        if layer["kind"] == "conv":
            counts.append(layer["k"] ** 2 * shape[2] * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append(shape[0] * layer["units"])
        else:
            counts.append(0)
        shape = output
    return counts


# %% one_number
# says: returned the single number 369: 4 values are asked for, in a list
def count_params(stack, shape):
    total = 0
    for layer, output in zip(stack, trace(stack, shape)):
        if layer["kind"] == "conv":
            total += (layer["k"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            total += (shape[0] + 1) * layer["units"]
        shape = output
    return total


# %% asks_keras
# says: write count_params yourself, instead of calling the course's own
# wrong answer: asks_keras
