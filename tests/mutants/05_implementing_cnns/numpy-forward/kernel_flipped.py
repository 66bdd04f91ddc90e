# subtle
def numpy_forward(weights, batch):
    """Compute the logits of the slides' model."""
    maps = batch
    for place, stride in ((0, 1), (2, 2), (4, 2)):
        kernel, bias = weights[place], weights[place + 1]
        maps = np.maximum(convolve(maps, kernel[::-1, ::-1], bias, stride), 0)
    values = maps.reshape(len(batch), -1)
    hidden = np.maximum(values @ weights[6] + weights[7], 0)
    return hidden @ weights[8] + weights[9]
