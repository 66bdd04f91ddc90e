# subtle
def global_average(batch):
    return np.maximum(batch, 0).mean(axis=(1, 2))
