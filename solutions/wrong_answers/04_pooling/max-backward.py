# %% added_to_the_image
def max_pool_backward(image, arriving, k, s):
    gradient = image.copy()
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% all_ties_get_it
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        here += arriving[i, j] * (window == window.max())
    return gradient

# %% average_gradient
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        here += arriving[i, j] / k**2
    return gradient

# %% fancy_index_loses_overlap
def max_pool_backward(image, arriving, k, s):
    gradient, cells = np.zeros(image.shape), []
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        cells.append((i * s + a, j * s + b))
    rows, columns = np.array(cells).T
    gradient[rows, columns] += arriving.ravel()
    return gradient

# %% first_kept_by_not_smaller
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        a = b = 0
        for c, d in np.ndindex(window.shape):
            if window[c, d] >= window[a, b]:
                a, b = c, d
        here[a, b] += arriving[i, j]
    return gradient

# %% first_of_ties_by_columns
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.T.argmax(), window.T.shape)[::-1]
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% found_by_value_in_the_whole_image
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        best = image[i * s : i * s + k, j * s : j * s + k].max()
        gradient[tuple(np.argwhere(image == best)[0])] += arriving[i, j]
    return gradient

# %% gradient_times_value
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j] * window[a, b]
    return gradient

# %% integers
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape, dtype=int)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% largest_of_overlapping
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] = max(gradient[i * s + a, j * s + b], arriving[i, j])
    return gradient

# %% last_column_of_first_row
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = sorted(np.argwhere(window == window.max()).tolist(), key=lambda c: (c[0], -c[1]))[0]
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% last_of_ties
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.argwhere(window == window.max())[-1]
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% last_window_left_out
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in list(np.ndindex(arriving.shape))[:-1]:
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% mean_of_overlapping
def max_pool_backward(image, arriving, k, s):
    gradient, counts = np.zeros(image.shape), np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
        counts[i * s + a, j * s + b] += 1
    return gradient / np.maximum(counts, 1)

# %% negative_gradients_dropped
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += max(arriving[i, j], 0)
    return gradient

# %% ones_instead_of_gradient
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += 1
    return gradient

# %% overwrites
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] = arriving[i, j]
    return gradient

# %% overwrites_whole_windows
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        here[:] = arriving[i, j] * (np.arange(window.size) == window.argmax()).reshape(window.shape)
    return gradient

# %% place_of_the_window_forgotten
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[a, b] += arriving[i, j]
    return gradient

# %% place_with_k
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[min(i * k + a, len(image) - 1), min(j * k + b, len(image[0]) - 1)] += arriving[i, j]
    return gradient

# %% place_without_stride
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i + a, j + b] += arriving[i, j]
    return gradient

# %% returns_none
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    pass

# %% rows_and_columns_exchanged
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + b, j * s + a] += arriving[i, j]
    return gradient

# %% sign_turned
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] -= arriving[i, j]
    return gradient

# %% sizes_of_gradients
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += abs(arriving[i, j])
    return gradient

# %% splits_ties
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        best = window == window.max()
        here += arriving[i, j] * best / best.sum()
    return gradient

# %% spread_by_repeat
def max_pool_backward(image, arriving, k, s):
    big = np.repeat(np.repeat(arriving, s, axis=0), s, axis=1)
    gradient = np.zeros(image.shape)
    part = gradient[: len(big), : len(big[0])]
    part += big[: len(part), : len(part[0])]
    return gradient

# %% starts_at_zero
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        a, b, best = 0, 0, 0
        for c, d in np.ndindex(window.shape):
            if window[c, d] > best:
                a, b, best = c, d, window[c, d]
        here[a, b] += arriving[i, j]
    return gradient

# %% stride_is_k
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * k : i * k + k, j * k : j * k + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * k + a, j * k + b] += arriving[i, j]
    return gradient

# %% to_every_cell
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        here += arriving[i, j]
    return gradient

# %% to_the_largest_size
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(np.abs(window).argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% to_the_smallest
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmin(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% to_the_upper_left
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s, j * s] += arriving[i, j]
    return gradient

# %% upsampled_output
def max_pool_backward(image, arriving, k, s):
    return arriving

# %% value_instead_of_gradient
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += window[a, b]
    return gradient

# %% window_of_s
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + s, j * s : j * s + s]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient

# %% window_one_short
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k - 1, j * s : j * s + k - 1]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient
