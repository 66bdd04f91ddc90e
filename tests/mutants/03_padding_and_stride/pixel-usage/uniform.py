# subtle
def pixel_usage(height, width, k, s, border):
    return np.full((height, width), k * k)
