# subtle
def global_average(batch):
    n, height, width, channels = batch.shape
    return batch.reshape(n, channels, height * width).mean(axis=2)
