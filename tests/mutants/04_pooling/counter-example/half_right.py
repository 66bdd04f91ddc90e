# subtle
counter_example = np.array([[12, -4], [0, 0]])
