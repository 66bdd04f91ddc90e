# %% with_the_padding
# says: leave out the cells of the padding
def pixel_usage(height, width, k, s, border):
    counts = np.zeros((height + 2 * border, width + 2 * border), dtype=int)
    for i in range(0, height + 2 * border - k + 1, s):
        for j in range(0, width + 2 * border - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts


# %% empty_slice_without_border
# says: is a slice [border:-border] empty?
def pixel_usage(height, width, k, s, border):
    counts = np.zeros((height + 2 * border, width + 2 * border), dtype=int)
    for i in range(0, height + 2 * border - k + 1, s):
        for j in range(0, width + 2 * border - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border:-border, border:-border]


# %% padding_ignored
# says: the padding is ignored
# wrong answer: padding_ignored


# %% axes_swapped
# says: shape (3, 4) where (4, 3) was asked: axes swapped?
def pixel_usage(height, width, k, s, border):
    return np.ones((width, height), dtype=int)


# %% yes_or_no
# says: count how often, not whether
def pixel_usage(height, width, k, s, border):
    return np.ones((height, width), dtype=int)


# %% floats
# says: an array of float64: whole numbers are asked for
def pixel_usage(height, width, k, s, border):
    return np.full((height, width), k * k / s)


# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def pixel_usage(height, width, k, s, border):
    print(np.ones((height, width), dtype=int))
