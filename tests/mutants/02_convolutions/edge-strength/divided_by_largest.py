# subtle
def edge_strength(image):
    gx = numerics.corr2d(image, [[-1, 1], [-1, 1]])
    gy = numerics.corr2d(image, [[-1, -1], [1, 1]])
    strength = np.hypot(gx, gy)
    return strength / strength.max()
