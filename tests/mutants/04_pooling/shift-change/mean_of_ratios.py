# subtle
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(np.abs(second - first) / np.maximum(np.abs(first), 1e-9))
