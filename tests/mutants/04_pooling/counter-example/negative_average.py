# subtle
counter_example = np.array([[12, -16], [0, 0]])
