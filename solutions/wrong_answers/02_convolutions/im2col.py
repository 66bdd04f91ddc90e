# %% clears_the_image
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    matrix = np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )
    image[:] = 0
    return matrix


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% first_window_everywhere
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [image[:height, :width].ravel() for i in range(rows) for j in range(columns)]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% height_and_width_swapped
def im2col(image, height, width):
    rows = image.shape[0] - width + 1
    columns = image.shape[1] - height + 1
    return np.array(
        [
            image[i : i + width, j : j + height].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% last_row_of_places_left_out
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows - 1)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% left_in_four_axes
def im2col(image, height, width):
    view = np.lib.stride_tricks.sliding_window_view(image, (height, width))
    return view.copy()


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% off_by_one
def im2col(image, height, width):
    rows = image.shape[0] - height
    columns = image.shape[1] - width
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% pixels_dealt_out_in_order
def im2col(image, height, width):
    places = (image.shape[0] - height + 1) * (image.shape[1] - width + 1)
    return np.resize(image, (places, height * width))


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% places_column_by_column
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for j in range(columns)
            for i in range(rows)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% read_only_view
def im2col(image, height, width):
    view = np.lib.stride_tricks.sliding_window_view(image, (height, width))
    return view.reshape(-1, height * width)


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% square_windows_only
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - height + 1
    return np.array(
        [
            image[i : i + height, j : j + height].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% strides_of_the_places_swapped
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    down, right = image.strides
    windows = np.lib.stride_tricks.as_strided(
        image, (rows, columns, height, width), (right, down, down, right)
    )
    return windows.reshape(-1, height * width).copy()


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% strides_of_the_wrong_axes
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    down, right = image.strides
    windows = np.lib.stride_tricks.as_strided(
        image, (rows, columns, height, width), (down, right, right, down)
    )
    return windows.reshape(-1, height * width).copy()


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% view_for_one_large_window
def im2col(image, height, width):
    if image.shape == (height, width):
        return image.reshape(1, -1)
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% view_for_single_pixels
def im2col(image, height, width):
    if height == width == 1:
        return image.reshape(-1, 1)
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% view_of_the_image
def im2col(image, height, width):
    windows = np.lib.stride_tricks.sliding_window_view(
        image, (height, width), writeable=True
    )
    return windows.reshape(-1, height * width)


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% window_column_by_column
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel(order="F")
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% window_flipped
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width][::-1, ::-1].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% window_sorted
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            np.sort(image[i : i + height, j : j + width].ravel())
            for i in range(rows)
            for j in range(columns)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% windows_as_columns
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(rows)
            for j in range(columns)
        ]
    ).T


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% windows_do_not_overlap
def im2col(image, height, width):
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    return np.array(
        [
            image[i : i + height, j : j + width].ravel()
            for i in range(0, rows, height)
            for j in range(0, columns, width)
        ]
    )


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own

# %% the_courses_own
def im2col(image, height, width):
    return ours.im2col(image, height, width)


def image_after_writing(image, height, width):
    """Write into the matrix; return the image, which must not change."""
    own = np.array(image)
    im2col(own, height, width)[:] = 7
    return own
