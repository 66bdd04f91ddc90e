# subtle
def pixel_usage(height, width, k, s, border):
    rows, columns = height + 2 * border, width + 2 * border
    counts = np.zeros((rows, columns), dtype=int)
    for i in range(0, rows - k + 1, s):
        for j in range(0, columns - k + 1, s):
            counts[i, j] += 1
    return counts[border : border + height, border : border + width]
