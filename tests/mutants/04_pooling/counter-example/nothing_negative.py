# subtle
counter_example = np.array([[4, 8], [0, 0]])
