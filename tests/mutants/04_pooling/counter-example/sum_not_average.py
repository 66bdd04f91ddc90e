# subtle
counter_example = np.array([[3, -2], [0, 0]])
