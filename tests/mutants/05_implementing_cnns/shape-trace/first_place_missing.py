# subtle
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
