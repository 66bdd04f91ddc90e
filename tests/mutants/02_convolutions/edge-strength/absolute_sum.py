# subtle
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    return np.abs(gx) + np.abs(gy)
