# %% all_zero
vertical_edge = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
horizontal_edge = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0]])
diagonal_edge = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0]])

# %% diagonal_line
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
diagonal_edge = np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])

# %% diagonal_not_summing_to_zero
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])

# %% horizontal_not_summing_to_zero
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = np.array([[-1, -1, -1], [0, 1, 0], [1, 1, 1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])

# %% line_not_edge
vertical_edge = np.array([[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]])
horizontal_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])

# %% one_kernel_for_all
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
diagonal_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])

# %% other_diagonal
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
diagonal_edge = np.array([[0, -1, -2], [1, 0, -1], [2, 1, 0]])

# %% outline
vertical_edge = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
horizontal_edge = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
diagonal_edge = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])

# %% signs_turned
vertical_edge = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
horizontal_edge = np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])

# %% transposed
vertical_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
horizontal_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])

# %% vertical_not_summing_to_zero
vertical_edge = np.array([[-1, 0, 2], [-1, 0, 2], [-1, 0, 2]])
horizontal_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
