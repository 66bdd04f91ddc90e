# subtle
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (0, 1)))[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))
