# %% backwards
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in reversed(stack):
        field += (layer["k"] - 1) * jump
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% field_squared
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        jump *= layer["s"]
        pairs.append((field**2, jump))
    return pairs

# %% half_window_on_each_side
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += layer["k"] // 2 * 2 * jump
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% jump_ignored
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += layer["k"] - 1
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% jump_is_the_stride
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        jump = layer["s"]
        pairs.append((field, jump))
    return pairs

# %% jump_never_moves
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        pairs.append((field, jump))
    return pairs

# %% jump_of_the_input_listed
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        pairs.append((field, jump))
        jump *= layer["s"]
    return pairs

# %% jump_updated_first
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        jump *= layer["s"]
        field += (layer["k"] - 1) * jump
        pairs.append((field, jump))
    return pairs

# %% largest_window
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field = max(field, layer["k"])
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% last_only
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs[-1]

# %% own_stride_for_jump
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * layer["s"]
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% padding_narrows
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump - (layer["padding"] == "same")
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% pair_swapped
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        jump *= layer["s"]
        pairs.append((jump, field))
    return pairs

# %% pool_window_left_out
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        if layer["kind"] == "conv":
            field += (layer["k"] - 1) * jump
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% pools_left_out
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        if layer["kind"] == "pool":
            pairs.append((field, jump))
            continue
        field += (layer["k"] - 1) * jump
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% slides_own_numbers
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    return [(5, 1), (7, 2), (11, 4)][: len(stack)]

# %% strides_added
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += (layer["k"] - 1) * jump
        jump += layer["s"] - 1
        pairs.append((field, jump))
    return pairs

# %% whole_window_added
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field += layer["k"] * jump
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs

# %% windows_multiplied
def receptive_field(stack):
    """List (field, jump), in pixels, after each layer."""
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field *= layer["k"]
        jump *= layer["s"]
        pairs.append((field, jump))
    return pairs
