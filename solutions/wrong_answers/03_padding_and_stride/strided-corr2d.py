# %% average_pooled
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)
    good = out[::stride, ::stride]
    for i, j in np.ndindex(good.shape):
        a, b = i * stride, j * stride
        good[i, j] = out[a : a + stride, b : b + stride].mean()
    return good

# %% ceil_of_size
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    more = np.pad(image, ((0, h - 1), (0, w - 1)))
    return each_place(more, kernel)[::stride, ::stride]

# %% columns_only
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[:, ::stride]

# %% cut_off_instead_of_slid
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)
    rows, columns = out[::stride, ::stride].shape
    return out[:rows, :columns]

# %% dtype_of_image
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)[::stride, ::stride]
    return out.astype(image.dtype)

# %% image_sliced_first
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image[::stride, ::stride], kernel)

# %% integer_output
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[::stride, ::stride].astype(int)

# %% integer_then_float
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[::stride, ::stride].astype(int).astype(float)

# %% kernel_flipped
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel[::-1, ::-1])[::stride, ::stride]

# %% kernel_right_to_left
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel[:, ::-1])[::stride, ::stride]

# %% kernel_upside_down
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel[::-1])[::stride, ::stride]

# %% last_row_left_zero
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)[::stride, ::stride].copy()
    out[-1] = 0
    return out

# %% max_pooled
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)
    good = out[::stride, ::stride].copy()
    for i, j in np.ndindex(good.shape):
        a, b = i * stride, j * stride
        good[i, j] = out[a : a + stride, b : b + stride].max()
    return good

# %% moves_by_kernel_width
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    out = each_place(image, kernel)
    rows, columns = out[::stride, ::stride].shape
    good = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            good[i, j] = out[min(i * h, len(out) - 1), min(j * w, len(out[0]) - 1)]
    return good

# %% no_stride
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)

# %% one_place_too_few
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[::stride, ::stride][:-1, :-1]

# %% rectified
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return np.maximum(each_place(image, kernel)[::stride, ::stride], 0)

# %% rounded_up
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    more = np.pad(image, ((0, stride - 1), (0, stride - 1)))
    return each_place(more, kernel)[::stride, ::stride]

# %% rows_only
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[::stride]

# %% same_map_cut_to_size [subtle]
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    rows = (image.shape[0] - h) // stride + 1
    columns = (image.shape[1] - w) // stride + 1
    around = ((h - 1) // 2, h // 2), ((w - 1) // 2, w // 2)
    same = each_place(np.pad(image, around), kernel)[::stride, ::stride]
    return same[:rows, :columns]

# %% same_map_sliced
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    h, w = kernel.shape
    around = ((h - 1) // 2, h // 2), ((w - 1) // 2, w // 2)
    return each_place(np.pad(image, around), kernel)[::stride, ::stride]

# %% starts_at_the_second_place
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)
    return np.roll(out, (-1, -1), (0, 1))[::stride, ::stride]

# %% stride_always_two
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[::2, ::2]

# %% stride_divided_only_in_size
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    out = each_place(image, kernel)
    h, w = kernel.shape
    rows, columns = (image.shape[0] - h) // stride + 1, (image.shape[1] - w) // stride + 1
    good = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            good[i, j] = out[i, j * stride]
    return good

# %% transposed
def each_place(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum((2, 3)).astype(float)

def strided_corr2d(image, kernel, stride):
    return each_place(image, kernel)[::stride, ::stride].T

# %% calls_the_courses_own
def strided_corr2d(image, kernel, stride):
    return numerics.corr2d(image, kernel)[::stride, ::stride]

# %% is_the_courses_own
strided_corr2d = ours.strided_corr2d

# %% helper_calls_the_courses_own
def dense(image, kernel):
    return numerics.corr2d(image, kernel)


def strided_corr2d(image, kernel, stride):
    return dense(image, kernel)[::stride, ::stride]
