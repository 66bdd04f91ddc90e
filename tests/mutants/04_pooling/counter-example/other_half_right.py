# subtle
counter_example = np.array([[8, -4], [0, 0]])
