# subtle
counter_example = np.array([[3, 3], [-1, -1]])
