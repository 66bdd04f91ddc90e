# subtle
counter_example = np.array([[np.inf, -np.inf], [0, 0]])
