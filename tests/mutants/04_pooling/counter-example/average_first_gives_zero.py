# subtle
counter_example = np.array([[12, -12], [0, 0]])
