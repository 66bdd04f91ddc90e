# %% blur_along_one_axis [subtle]
blur = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]]) / 3
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% blur_divided_by_ten [subtle]
blur = np.ones((3, 3)) / 10
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% blur_keeps_the_centre [subtle]
blur = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% blur_not_summing_to_one [subtle]
blur = np.ones((3, 3))
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% sharpen_along_one_axis [subtle]
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, 0, 0], [-1, 3, -1], [0, 0, 0]])

# %% sharpen_is_identity [subtle]
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])

# %% sharpen_not_summing_to_one [subtle]
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[-1, -1, -1], [-1, 8.5, -1], [-1, -1, -1]])

# %% sharpen_sums_to_zero [subtle]
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])

# %% swapped [subtle]
blur = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
sharpen = np.full((3, 3), 1 / 9)
