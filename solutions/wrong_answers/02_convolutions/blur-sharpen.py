# %% blur_along_one_axis
blur = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]]) / 3
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% blur_divided_by_ten
blur = np.ones((3, 3)) / 10
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% blur_keeps_the_centre
blur = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% blur_not_summing_to_one
blur = np.ones((3, 3))
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

# %% sharpen_along_one_axis
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, 0, 0], [-1, 3, -1], [0, 0, 0]])

# %% sharpen_is_identity
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])

# %% sharpen_not_summing_to_one
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[-1, -1, -1], [-1, 8.5, -1], [-1, -1, -1]])

# %% sharpen_sums_to_zero
blur = np.full((3, 3), 1 / 9)
sharpen = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])

# %% swapped
blur = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
sharpen = np.full((3, 3), 1 / 9)
