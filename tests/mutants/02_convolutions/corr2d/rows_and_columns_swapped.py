def corr2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    output = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            output[j, i] = np.sum(image[i : i + h, j : j + w] * kernel)
    return output
