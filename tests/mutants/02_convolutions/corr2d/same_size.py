def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape
    image = np.pad(image, ((h // 2, h), (w // 2, w)))
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output
