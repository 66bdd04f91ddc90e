# subtle
def edge_strength(image):
    gx = image[:-1, 1:] + image[1:, 1:] - image[:-1, :-1] - image[1:, :-1]
    gy = image[1:, :-1] + image[1:, 1:] - image[:-1, :-1] - image[:-1, 1:]
    return np.sqrt(gx * 1.0 * gx + gy * 1.0 * gy)
