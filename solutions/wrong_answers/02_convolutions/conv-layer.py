# %% bias_per_channel_in
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output + c_in * bias

# %% bias_subtracted
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output - bias

# %% channels_first
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return np.moveaxis(output + bias, -1, 1)

# %% channels_swapped
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, -1 - c, f])
    return output + bias

# %% filters_reversed
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, -1 - f])
    return output + bias

# %% first_channel_only
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(1):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output + bias

# %% first_image_for_all
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[0, :, :, c], kernel[:, :, c, f])
    return output + bias

# %% flipped
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[::-1, ::-1, c, f])
    return output + bias

# %% kernel_turned
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, ::-1, c, f])
    return output + bias

# %% last_channel_wins
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] = numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output + bias

# %% mean_over_channels
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output / c_in + bias

# %% no_bias
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output

# %% one_bias_for_all
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output + bias[0]

# %% one_image_filled
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(1):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return output + bias

# %% rectified
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, f])
    return np.maximum(output + bias, 0)

# %% shared_filter
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, 0])
    return output + bias

# %% shared_slice
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, 0, f])
    return output + bias
