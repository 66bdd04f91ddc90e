# subtle
vertical_edge = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
horizontal_edge = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
diagonal_edge = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
