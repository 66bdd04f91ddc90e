# %% a_pair_of_results
counter_example = (3, 1)

# %% all_negative
counter_example = np.array([[-1, -3], [-1, -3]])

# %% all_positive
counter_example = np.array([[3, 3], [3, 3]])

# %% average_first_gives_zero
counter_example = np.array([[12, -12], [0, 0]])

# %% average_of_positives_is_three
counter_example = np.array([[3, 3], [-1, -1]])

# %% flat
counter_example = np.array([12, -8, 0, 0])

# %% half_right
counter_example = np.array([[12, -4], [0, 0]])

# %% infinite
counter_example = np.array([[np.inf, -np.inf], [0, 0]])

# %% negative_average
counter_example = np.array([[12, -16], [0, 0]])

# %% nothing_negative
counter_example = np.array([[4, 8], [0, 0]])

# %% one_number
counter_example = 3

# %% other_half_right
counter_example = np.array([[8, -4], [0, 0]])

# %% sign_exchanged
counter_example = np.array([[-12, 8], [0, 0]])

# %% sum_not_average
counter_example = np.array([[3, -2], [0, 0]])

# %% zeros
counter_example = np.zeros((2, 2))
