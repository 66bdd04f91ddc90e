# subtle
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        jump += layer["s"] - 1
        pairs.append((field, jump))
    return pairs
