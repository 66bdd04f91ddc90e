# subtle
def pixel_usage(height, width, k, s, border):
    counts = np.zeros((height, width), dtype=int)
    for i in range(0, height - k + 1, s):
        for j in range(0, width - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    return counts
