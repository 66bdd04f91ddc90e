def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 1 - np.sum(np.abs(second - first)) / np.sum(np.abs(first))
