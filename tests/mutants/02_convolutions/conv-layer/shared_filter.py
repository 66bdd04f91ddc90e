# subtle
def conv_layer(batch, kernel, bias):
    h, w, c_in, c_out = kernel.shape
    rows, columns = batch.shape[1] - h + 1, batch.shape[2] - w + 1
    output = np.zeros((len(batch), rows, columns, c_out))
    for n in range(len(batch)):
        for f in range(c_out):
            for c in range(c_in):
                output[n, :, :, f] += numerics.corr2d(batch[n, :, :, c], kernel[:, :, c, 0])
    return output + bias
