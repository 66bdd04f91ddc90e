# %% exchanged
# says: vertical_edge gives 0 to 0 on `right`: something above 0 is asked for
vertical_edge = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
horizontal_edge = vertical_edge.T
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])


# %% sum_above_zero
# says: vertical_edge gives 3 where all pixels are 1: do its weights add up to 0?
vertical_edge = np.array([[-1, 1, 1], [-1, 1, 1], [-1, 1, 1]])
horizontal_edge = vertical_edge.T
diagonal_edge = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])


# %% one_left_out
# says: diagonal_edge is still None
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = vertical_edge.T
diagonal_edge = None


# %% two_by_two
# says: vertical_edge has the shape (2, 2), not (3, 3)
vertical_edge = np.array([[-1, 1], [-1, 1]])
horizontal_edge = vertical_edge.T
diagonal_edge = np.array([[-1, 0], [0, 1]])


# %% line_as_diagonal
# says: diagonal_edge gives -2 to 2 on `lower_right`: nothing below 0 is asked for
vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal_edge = vertical_edge.T
diagonal_edge = np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])
