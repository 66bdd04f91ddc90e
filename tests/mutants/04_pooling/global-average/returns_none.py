def global_average(batch):
    batch.mean(axis=(1, 2))
