# subtle
counter_example = np.zeros((2, 2))
