def pixel_usage(height, width, k, s, border):
    rows = (height + 2 * border - k) // s + 1
    columns = (width + 2 * border - k) // s + 1
    return np.full((rows, columns), k * k)
