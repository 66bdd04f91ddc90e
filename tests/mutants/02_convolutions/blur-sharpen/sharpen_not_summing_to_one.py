# subtle
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[-1, -1, -1], [-1, 8.5, -1], [-1, -1, -1]])
