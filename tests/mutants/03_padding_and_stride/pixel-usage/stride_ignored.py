# subtle
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(rows - k + 1):
        for j in range(columns - k + 1):
            counts[i : i + k, j : j + k] += 1
    return counts[border : border + height, border : border + width]
