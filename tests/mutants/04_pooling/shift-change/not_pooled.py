# subtle
def shift_change(image, k, s):
    first, second = image[:, :-1], image[:, 1:]
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))
