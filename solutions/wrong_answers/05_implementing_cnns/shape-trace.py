# %% batch_axis_listed
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append((None, *shape))
    return trace

# %% ceil_for_floor
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [-(-(n - k) // s) + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% channels_first
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (layer.get("filters", channels), *sides)
        trace.append(shape)
    return trace

# %% channels_kept
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, channels)
        trace.append(shape)
    return trace

# %% channels_multiplied
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, channels * layer.get("filters", 1))
        trace.append(shape)
    return trace

# %% columns_not_shrunk
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (sides[0], shape[1], layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% first_place_missing
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% flatten_adds
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (sum(shape),)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% flatten_forgets_channels
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% floor_for_ceil
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [n // s for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% input_listed_too
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = [shape]
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% last_only
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace[-1]

# %% no_dense
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            pass
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% padding_adds_a_window
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [(n + k - 1) // s + 1 for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% pool_by_its_window
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            s = k if layer["kind"] == "pool" else s
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% pool_gives_one_channel
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", 1))
        trace.append(shape)
    return trace

# %% pool_halves_always
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["kind"] == "pool":
                sides = [n // 2 for n in shape[:2]]
            elif layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% rounded
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [round(n / s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% same_formula_for_all
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [-(-n // s) for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% same_keeps_the_size
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [n for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% shape_not_carried_on
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            output = (*sides, layer.get("filters", channels))
        trace.append(output if layer["kind"] in ("conv", "pool") else shape)
    return trace

# %% sides_swapped
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides[::-1], layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% square_images
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in (shape[0], shape[0])]
            else:
                sides = [(n - k) // s + 1 for n in (shape[0], shape[0])]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% stride_added_first
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k + 1) // s for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% stride_ignored_when_valid
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [n - k + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% valid_formula_for_all
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [(n - k) // s + 1 for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% window_ignored
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [n // s for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% number_after_flatten
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = shape[0] * shape[1] * shape[2]
        elif layer["kind"] == "dense":
            shape = layer["units"]
        else:
            k, s, channels = layer["k"], layer["s"], shape[2]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer.get("filters", channels))
        trace.append(shape)
    return trace

# %% filters_of_a_pool
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    trace = []
    for layer in stack:
        if layer["kind"] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif layer["kind"] == "dense":
            shape = (layer["units"],)
        else:
            k, s = layer["k"], layer["s"]
            if layer["padding"] == "same":
                sides = [-(-n // s) for n in shape[:2]]
            else:
                sides = [(n - k) // s + 1 for n in shape[:2]]
            shape = (*sides, layer["filters"])
        trace.append(shape)
    return trace

# %% the_courses_own
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    return networks.shape_trace(stack, shape)

# %% asks_keras
def shape_trace(stack, shape):
    """List the output shape of each layer."""
    return [layer.output.shape[1:] for layer in build(stack, shape).layers]
