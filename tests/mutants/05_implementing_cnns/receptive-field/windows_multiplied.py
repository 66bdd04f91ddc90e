# subtle
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field *= layer["k"]
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs
