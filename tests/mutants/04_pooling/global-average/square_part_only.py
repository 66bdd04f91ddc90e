# subtle
def global_average(batch):
    n = min(batch.shape[1:3])
    return batch[:, :n, :n].mean(axis=(1, 2))
