# subtle
def pixel_usage(height, width, k, s, border):
    return np.full((height, width), max(1, k * k // (s * s)))
