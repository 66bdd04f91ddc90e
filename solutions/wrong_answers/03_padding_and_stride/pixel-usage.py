# %% border_both_sides_together
def pixel_usage(height, width, k, s, border):
    rows, columns = height + border, width + border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border // 2 : border // 2 + height, border // 2 : border // 2 + width]

# %% counts_padding
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts

# %% counts_windows
def pixel_usage(height, width, k, s, border):
    rows = (height + 2 * border - k) // s + 1
    columns = (width + 2 * border - k) // s + 1
    return rows * columns

# %% distance_formula
def pixel_usage(height, width, k, s, border):
    i, j = np.indices((height, width))
    up = np.minimum(np.minimum(i, height - 1 - i) + 1 + border, k)
    side = np.minimum(np.minimum(j, width - 1 - j) + 1 + border, k)
    return up * side

# %% empty_slice_at_no_border
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border:-border, border:-border]

# %% one_place_too_few
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k, s):
        for j in range(0, columns - k, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]

# %% output_map
def pixel_usage(height, width, k, s, border):
    rows = (height + 2 * border - k) // s + 1
    columns = (width + 2 * border - k) // s + 1
    return np.full((rows, columns), k * k)

# %% padding_cut_at_one_end
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[:height, :width]

# %% padding_cut_at_the_other_end
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[2 * border :, 2 * border :]

# %% padding_ignored
def pixel_usage(height, width, k, s, border):
    counts = np.zeros((height, width), dtype=int)
    for i in range(0, height - k + 1, s):
        for j in range(0, width - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts

# %% padding_on_one_side_only
def pixel_usage(height, width, k, s, border):
    rows, columns = height + border, width + border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]

# %% read_or_not
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] = 1
    return counts[border : border + height, border : border + width]

# %% rows_and_columns_swapped
def pixel_usage(height, width, k, s, border):
    rows, columns = width + 2 * border, height + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + width, border : border + height]

# %% scaled
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    good = counts[border : border + height, border : border + width]
    return good / max(1, good.max())

# %% square_only
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, height + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]

# %% starts_only
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i, j] += 1
    return counts[border : border + height, border : border + width]

# %% stride_ignored
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(rows - k + 1):
        for j in range(columns - k + 1):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]

# %% stride_on_columns_only
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(rows - k + 1):
        for j in range(0, columns - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]

# %% stride_on_rows_only
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(columns - k + 1):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]

# %% sum_of_counts_not_product
def pixel_usage(height, width, k, s, border):
    reads = []
    for n in (height, width):
        starts = range(-border, n + border - k + 1, s)
        reads.append(np.array([sum(a <= i < a + k for a in starts) for i in range(n)]))
    return reads[0][:, None] + reads[1]

# %% uniform
def pixel_usage(height, width, k, s, border):
    return np.full((height, width), k * k)

# %% uniform_mean
def pixel_usage(height, width, k, s, border):
    return np.full((height, width), max(1, k * k // (s * s)))

# %% windows_run_over
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows, s):
        for j in range(0, columns, s):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]
