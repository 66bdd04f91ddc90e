# %% jump_first
# says: item 0 is (10, 3), not (4, 3): the field comes first, with the jump of the input
def receptive_field(stack):
    field, jump, pairs = 1, 1, []
    for layer in stack:
        jump = jump * layer["s"]
        field = field + (layer["k"] - 1) * jump
        pairs.append((field, jump))
    return pairs


# %% pairs_swapped
# says: first the field, then the jump, in each pair
def receptive_field(stack):
    field, jump, pairs = 1, 1, []
    for layer in stack:
        field = field + (layer["k"] - 1) * jump
        jump = jump * layer["s"]
        pairs.append((jump, field))
    return pairs


# %% fields_only
# says: item 0 is the single number 4: 2 values are asked for, in a tuple
def receptive_field(stack):
    field, jump, fields = 1, 1, []
    for layer in stack:
        field = field + (layer["k"] - 1) * jump
        jump = jump * layer["s"]
        fields.append(field)
    return fields
