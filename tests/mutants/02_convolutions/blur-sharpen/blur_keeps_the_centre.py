# subtle
blur = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
