# subtle
vertical_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
horizontal_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
