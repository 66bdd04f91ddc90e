# subtle
def global_average(batch):
    return np.tile(batch.mean(axis=(0, 1, 2)), (len(batch), 1))
