# subtle
vertical_edge = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
horizontal_edge = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
diagonal_edge = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
