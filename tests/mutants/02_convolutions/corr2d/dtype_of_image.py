# subtle
def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((rows, columns), dtype=image.dtype)
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output
