# subtle
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = same_pool(views[..., None], k, s, "max")
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))
