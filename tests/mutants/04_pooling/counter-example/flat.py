counter_example = np.array([12, -8, 0, 0])
