# subtle
def pixel_usage(height, width, k, s, border):
    i, j = np.indices((height, width))
    up = np.minimum(np.minimum(i, height - 1 - i) + 1 + border, k)
    side = np.minimum(np.minimum(j, width - 1 - j) + 1 + border, k)
    return up * side
