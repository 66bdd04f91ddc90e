# subtle
blur = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
sharpen = np.full((3, 3), 1 / 9)
