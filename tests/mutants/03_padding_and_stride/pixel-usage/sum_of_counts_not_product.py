# subtle
def pixel_usage(height, width, k, s, border):
    reads = []
    for n in (height, width):
        starts = range(-border, n + border - k + 1, s)
        reads.append(np.array([sum(a <= i < a + k for a in starts) for i in range(n)]))
    return reads[0][:, None] + reads[1]
