# %% always_two
def shift_change(image, k, s):
    k = s = 2
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% average_pooled
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = same_pool(views[..., None], k, s, "average")
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% both_axes
def shift_change(image, k, s):
    views = np.stack([image[:-1, :-1], image[1:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% differences_of_sizes
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(np.abs(second) - np.abs(first))) / np.sum(np.abs(first))

# %% divided_by_both
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first) + np.abs(second))

# %% divided_by_the_image
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(image))

# %% divided_by_the_largest
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.max(np.abs(first))

# %% divided_by_the_second
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(second))

# %% edge_comes_in
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (0, 1)), mode="edge")[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% image_compared_with_itself
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% largest_change
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.max(np.abs(second - first)) / np.max(np.abs(first))

# %% likeness
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 1 - np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% mean_of_ratios
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(np.abs(second - first) / np.maximum(np.abs(first), 1e-9))

# %% mean_only
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(np.abs(second - first))

# %% not_pooled
def shift_change(image, k, s):
    first, second = image[:, :-1], image[:, 1:]
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% padded
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = same_pool(views[..., None], k, s, "max")
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% per_row
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first), axis=1) / np.sum(np.abs(first), axis=1)

# %% percent
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 100 * np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% pooled_then_shifted
def shift_change(image, k, s):
    pooled = max_pool2d(image[None, :, :, None], k, s)[0, :, :, 0]
    first, second = pooled[:, :-1], pooled[:, 1:]
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% returns_none
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% root_of_squares
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sqrt(np.sum((second - first) ** 2) / np.sum(first**2))

# %% rows_instead_of_columns
def shift_change(image, k, s):
    views = np.stack([image[:-1], image[1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% share_of_cells
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.mean(second != first)

# %% signed_sum
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(second - first) / np.sum(np.abs(first))

# %% signed_sum_below
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(first)

# %% size_of_signed_sum
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.abs(np.sum(second - first)) / np.sum(np.abs(first))

# %% size_of_sum_below
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.abs(np.sum(first))

# %% squares
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum((second - first) ** 2) / np.sum(first**2)

# %% stride_is_k
def shift_change(image, k, s):
    s = k
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% sum_only
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first))

# %% two_columns
def shift_change(image, k, s):
    views = np.stack([image[:, :-2], image[:, 2:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% views_exchanged
def shift_change(image, k, s):
    views = np.stack([image[:, 1:], image[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% window_is_s
def shift_change(image, k, s):
    k = s
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_flat
def shift_change(image, k, s):
    views = np.stack([image, np.roll(image, 1)])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_left
def shift_change(image, k, s):
    views = np.stack([image, np.roll(image, -1, axis=1)])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_right
def shift_change(image, k, s):
    views = np.stack([image, np.roll(image, 1, axis=1)])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% wraps_then_cuts_too_little
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], np.roll(image, 1, axis=1)[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% zero
def shift_change(image, k, s):
    views = np.stack([image[:, :-1], image[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return 0.0

# %% zeros_come_in_on_the_left
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (1, 0)))[:, :-1]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% zeros_come_in_on_the_right
def shift_change(image, k, s):
    views = np.stack([image, np.pad(image, ((0, 0), (0, 1)))[:, 1:]])
    first, second = max_pool2d(views[..., None], k, s)
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))

# %% the_course_s_own
from cnnlab.ours.pooling import shift_change

# %% calls_the_course_s_own
from cnnlab.ours import pooling


def shift_change(image, k, s):
    return pooling.shift_change(image, k, s)
