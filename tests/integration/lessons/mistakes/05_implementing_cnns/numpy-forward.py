# %% channels_first
# says: flatten rows, then columns, then channels
def numpy_forward(weights, batch):
    maps = batch
    for at, stride in ((0, 1), (2, 2), (4, 2)):
        maps = np.maximum(convolve(maps, weights[at], weights[at + 1], stride), 0)
    values = maps.transpose(0, 3, 1, 2).reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]


# %% relu_on_the_logits
# says: no ReLU on the logits
def numpy_forward(weights, batch):
    maps = batch
    for at, stride in ((0, 1), (2, 2), (4, 2)):
        maps = np.maximum(convolve(maps, weights[at], weights[at + 1], stride), 0)
    values = maps.reshape(len(batch), -1)
    for at in (6, 8):
        values = np.maximum(values @ weights[at] + weights[at + 1], 0)
    return values


# %% stride_always_one
# says: 588 values per image: strides 1, 2, 2?
def numpy_forward(weights, batch):
    maps = batch
    for at in (0, 2, 4):
        maps = np.maximum(convolve(maps, weights[at], weights[at + 1], 1), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]


# %% relu_forgotten
# says: strides 1, 2, 2? A ReLU after every layer but the last?
def numpy_forward(weights, batch):
    maps = batch
    for at, stride in ((0, 1), (2, 2), (4, 2)):
        maps = convolve(maps, weights[at], weights[at + 1], stride)
    hidden = maps.reshape(len(batch), -1) @ weights[6] + weights[7]
    return hidden @ weights[8] + weights[9]


# %% all_images_in_one_row
# says: Is the batch axis kept?
def numpy_forward(weights, batch):
    maps = batch
    for at, stride in ((0, 1), (2, 2), (4, 2)):
        maps = np.maximum(convolve(maps, weights[at], weights[at + 1], stride), 0)
    hidden = np.maximum(maps.ravel() @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]
