# subtle
blur = np.ones((3, 3))
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
