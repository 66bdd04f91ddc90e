# %% mean_over_channels
# says: add the channels, do not take the mean
def conv_layer(batch, kernel, bias):
    h, w, channels, filters = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, filters))
    for n, i, j, f in np.ndindex(output.shape):
        patch = batch[n, i : i + h, j : j + w]
        output[n, i, j, f] = np.sum(patch * kernel[..., f]) / channels + bias[f]
    return output


# %% first_slice_for_all
# says: channel m meets slice m, without flip; all are added up
def conv_layer(batch, kernel, bias):
    h, w, _, filters = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, filters))
    for n, i, j, f in np.ndindex(output.shape):
        patch = batch[n, i : i + h, j : j + w].sum(axis=-1)
        output[n, i, j, f] = np.sum(patch * kernel[:, :, 0, f]) + bias[f]
    return output


# %% first_image_only
# says: is each image of the batch used?
def conv_layer(batch, kernel, bias):
    h, w, _, filters = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, filters))
    for n, i, j, f in np.ndindex(output.shape):
        patch = batch[0, i : i + h, j : j + w]
        output[n, i, j, f] = np.sum(patch * kernel[..., f]) + bias[f]
    return output


# %% batch_axis_left_out
# says: 4 axes are asked for, not 3
def conv_layer(batch, kernel, bias):
    h, w, _, filters = kernel.shape
    output = np.zeros((batch.shape[1] - h + 1, batch.shape[2] - w + 1, filters))
    for i, j, f in np.ndindex(output.shape):
        patch = batch[0, i : i + h, j : j + w]
        output[i, j, f] = np.sum(patch * kernel[..., f]) + bias[f]
    return output


# %% bias_left_out
# says: the bias is missing
def conv_layer(batch, kernel, bias):
    h, w, _, filters = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, filters))
    for n, i, j, f in np.ndindex(output.shape):
        patch = batch[n, i : i + h, j : j + w]
        output[n, i, j, f] = np.sum(patch * kernel[..., f])
    return output
