# %% whole_number_after_flatten
# says: item 2 is 30, not (30,): a tuple, even of one number: (30,)
def shape_trace(stack, shape):
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = shape[0] * shape[1] * shape[2]
        elif layer["kind"] == "dense":
            shape = layer["units"]
        else:
            k, s = layer["k"], layer["s"]
            if layer["padding"] == "same":
                rows, columns = -(-shape[0] // s), -(-shape[1] // s)
            else:
                rows, columns = (shape[0] - k) // s + 1, (shape[1] - k) // s + 1
            shape = (rows, columns, layer.get("filters", shape[2]))
        trace.append(shape)
    return trace


# %% filters_of_a_pool
# says: KeyError: 'filters': a pool has no filters: it keeps the channels
def shape_trace(stack, shape):
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            s = layer["s"]
            shape = (-(-shape[0] // s), -(-shape[1] // s), layer["filters"])
        trace.append(shape)
    return trace


# %% window_of_flatten
# says: KeyError: 'k': which kinds have this key? See the table
def shape_trace(stack, shape):
    trace = []
    for layer in stack:
        k = layer["k"]
        shape = (shape[0] - k + 1, shape[1] - k + 1, layer.get("filters", shape[2]))
        trace.append(shape)
    return trace


# %% prints_the_shapes
# says: returned None: `print` shows a value, `return` hands it over
def shape_trace(stack, shape):
    for layer in stack:
        print(shape)


# %% same_rounded_down
# says: item 1 is (2, 1, 5), not (3, 2, 5): "same": n / s, rounded up
def shape_trace(stack, shape):
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s = layer["k"], layer["s"]
            cut = 0 if layer["padding"] == "same" else k - s
            shape = (
                (shape[0] - cut) // s,
                (shape[1] - cut) // s,
                layer.get("filters", shape[2]),
            )
        trace.append(shape)
    return trace


# %% sides_as_floats
# passes: 10.0 equals 10, and is accepted wherever a whole number is asked for
def shape_trace(stack, shape):
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s = layer["k"], layer["s"]
            cut = 0 if layer["padding"] == "same" else k - s
            shape = (
                (shape[0] - cut) / s // 1 + ((shape[0] - cut) % s > 0) * (cut == 0),
                (shape[1] - cut) / s // 1 + ((shape[1] - cut) % s > 0) * (cut == 0),
                layer.get("filters", shape[2]),
            )
        trace.append(shape)
    return trace
