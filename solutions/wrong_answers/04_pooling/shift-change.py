# %% always_two [subtle]
def shift_change(image, k, s):
    k = s = 2
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% average_pooled [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = same_pool(views[..., None], k, s, "average")
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% both_axes [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:-1, :-1], image[1:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% differences_of_sizes [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(np.abs(second) - np.abs(first))) / np.sum(np.abs(first))

# %% divided_by_both [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first) + np.abs(second))

# %% divided_by_the_image [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(image))

# %% divided_by_the_largest [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.max(np.abs(first))

# %% divided_by_the_second [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(second))

# %% edge_comes_in [subtle]
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (0, 1)), mode="edge")[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% image_compared_with_itself [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% largest_change [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.max(np.abs(second - first)) / np.max(np.abs(first))

# %% likeness
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 1 - np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% mean_of_ratios [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(np.abs(second - first) / np.maximum(np.abs(first), 1e-9))

# %% mean_only [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(np.abs(second - first))

# %% not_pooled [subtle]
def shift_change(image, k, s):
    first, second = image[:, :-1], image[:, 1:]
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% padded [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = same_pool(views[..., None], k, s, "max")
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% per_row
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first), axis=1) / np.sum(np.abs(first), axis=1)

# %% percent [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 100 * np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% pooled_then_shifted [subtle]
def shift_change(image, k, s):
    pooled = max_pool2d(image[None, :, :, None], k, s)[0, :, :, 0]
    first, second = pooled[:, :-1], pooled[:, 1:]
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% returns_none
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% root_of_squares [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sqrt(np.sum((second - first) ** 2) / np.sum(first**2))

# %% rows_instead_of_columns [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:-1], image[1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% share_of_cells [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(second != first)

# %% signed_sum [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(second - first) / np.sum(np.abs(first))

# %% signed_sum_below [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(first)

# %% size_of_signed_sum [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.abs(np.sum(second - first)) / np.sum(np.abs(first))

# %% size_of_sum_below [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.abs(np.sum(first))

# %% squares [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum((second - first) ** 2) / np.sum(first**2)

# %% stride_is_k [subtle]
def shift_change(image, k, s):
    s = k
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% sum_only [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first))

# %% two_columns [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-2], image[:, 2:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% views_exchanged [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, 1:], image[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% window_is_s [subtle]
def shift_change(image, k, s):
    k = s
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_flat [subtle]
def shift_change(image, k, s):
    views = np.stack([image, np.roll(image, 1)])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_left [subtle]
def shift_change(image, k, s):
    views = np.stack([image, np.roll(image, -1, axis=1)])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_right [subtle]
def shift_change(image, k, s):
    views = np.stack([image, np.roll(image, 1, axis=1)])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_then_cuts_too_little [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], np.roll(image, 1, axis=1)[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% zero [subtle]
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 0.0

# %% zeros_come_in_on_the_left [subtle]
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (1, 0)))[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% zeros_come_in_on_the_right [subtle]
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (0, 1)))[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))
