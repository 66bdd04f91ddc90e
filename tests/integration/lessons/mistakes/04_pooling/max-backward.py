# %% assigns_instead_of_adding
# says: where windows overlap, add: += instead of =
# wrong answer: overwrites


# %% all_ties
# says: in a tie only the first cell gets it
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        part = gradient[i * s : i * s + k, j * s : j * s + k]
        part += (window == window.max()) * arriving[i, j]
    return gradient


# %% shared_among_ties
# says: in a tie the first gets it all: do not share
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        part = gradient[i * s : i * s + k, j * s : j * s + k]
        best = window == window.max()
        part += best * arriving[i, j] / best.sum()
    return gradient


# %% zeros_like
# says: make a float array: zeros_like keeps whole numbers
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros_like(image)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient


# %% stride_forgotten
# says: in the image, the window starts at row i·s, column j·s
# wrong answer: place_without_stride


# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    print(gradient)


# %% stride_forgotten_everywhere
# says: in the image, the window starts at row i·s, column j·s
def max_pool_backward(image, arriving, k, s):
    out = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i : i + k, j : j + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        out[i + a, j + b] += arriving[i, j]
    return out
