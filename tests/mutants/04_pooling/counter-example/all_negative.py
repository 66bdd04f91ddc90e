# subtle
counter_example = np.array([[-1, -3], [-1, -3]])
