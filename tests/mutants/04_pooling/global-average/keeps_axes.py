def global_average(batch):
    return batch.mean(axis=(1, 2), keepdims=True)
