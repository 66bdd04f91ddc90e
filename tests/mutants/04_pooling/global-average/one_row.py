# subtle
def global_average(batch):
    return batch[:, 0].mean(axis=1)
