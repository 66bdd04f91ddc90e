# subtle
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
