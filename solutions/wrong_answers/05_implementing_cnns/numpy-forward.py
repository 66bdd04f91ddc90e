# %% channels_first_flatten
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.transpose(0, 3, 1, 2).reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% class_not_logits
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return (hidden @ weights[8] + weights[9]).argmax(axis=1)

# %% columns_before_rows
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.transpose(0, 2, 1, 3).reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% conv_biases_missing
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, 0 * bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% dense_without_relu
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = values @ weights[6] + weights[7]
    return hidden @ weights[8] + weights[9]

# %% first_image_only
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch[:1]
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(1, -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% fortran_order
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1, order="F")
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% hidden_bias_missing
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6], 0)
    return hidden @ weights[8] + weights[9]

# %% images_mixed
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(-1, len(batch)).T
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% images_rectified
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = np.maximum(batch, 0)
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% kernel_flipped
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel[::-1, ::-1], bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% no_bias_at_the_end
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8]

# %% no_relu
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = convolve(maps, kernel, bias, stride)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% relu_before_the_bias
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6], 0) + weights[7]
    return hidden @ weights[8] + weights[9]

# %% relu_on_logits
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return np.maximum(hidden @ weights[8] + weights[9], 0)

# %% rounded
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return np.round(hidden @ weights[8] + weights[9], 2)

# %% scaled_again
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch / 255
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% sliced_instead_of_strided
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, 1)[:, ::stride, ::stride], 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% softmax
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    powers = np.exp(hidden @ weights[8] + weights[9])
    return powers / powers.sum(axis=1, keepdims=True)

# %% strides_swapped
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 2), (2, 2), (4, 1)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% whole_numbers
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch.astype(int)
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel, bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]

# %% the_courses_own
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    return networks.numpy_forward(weights, batch)
