# subtle
def global_average(batch):
    return np.tile(batch[0].mean(axis=(0, 1)), (len(batch), 1))
