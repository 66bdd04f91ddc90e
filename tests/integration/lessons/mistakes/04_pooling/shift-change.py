# %% rolled
# says: returned 0.363636, not 0.451613: nothing comes in: cut both views from the image
def shift_change(image, k, s):
    def pool(view):
        return max_pool(view[None, :, :, None], k, s)[0, :, :, 0]

    first, second = pool(image), pool(np.roll(image, -1, axis=1))
    return np.abs(second - first).sum() / np.abs(first).sum()


# %% rows
# says: shift columns, not rows
def shift_change(image, k, s):
    first, second = max_pool(np.stack([image[:-1], image[1:]])[..., None], k, s)
    return np.abs(second - first).sum() / np.abs(first).sum()


# %% size_of_the_sum
# says: take |…| of each difference, before the sum
def shift_change(image, k, s):
    first, second = max_pool(np.stack([image[:, :-1], image[:, 1:]])[..., None], k, s)
    return abs((second - first).sum()) / np.abs(first).sum()


# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def shift_change(image, k, s):
    first, second = max_pool(np.stack([image[:, :-1], image[:, 1:]])[..., None], k, s)
    print(np.abs(second - first).sum() / np.abs(first).sum())


# %% an_array
# says: one number is asked for
def shift_change(image, k, s):
    first, second = max_pool(np.stack([image[:, :-1], image[:, 1:]])[..., None], k, s)
    return np.abs(second - first) / np.abs(first).sum()


# %% a_text
# says: returned the text '0.45': a number, without quotes
def shift_change(image, k, s):
    first, second = max_pool(np.stack([image[:, :-1], image[:, 1:]])[..., None], k, s)
    return f"{np.abs(second - first).sum() / np.abs(first).sum():.2f}"
