# %% a_pair_of_results
counter_example = (3, 1)

# %% all_negative [subtle]
counter_example = np.array([[-1, -3], [-1, -3]])

# %% all_positive [subtle]
counter_example = np.array([[3, 3], [3, 3]])

# %% average_first_gives_zero [subtle]
counter_example = np.array([[12, -12], [0, 0]])

# %% average_of_positives_is_three [subtle]
counter_example = np.array([[3, 3], [-1, -1]])

# %% flat
counter_example = np.array([12, -8, 0, 0])

# %% half_right [subtle]
counter_example = np.array([[12, -4], [0, 0]])

# %% infinite [subtle]
counter_example = np.array([[np.inf, -np.inf], [0, 0]])

# %% negative_average [subtle]
counter_example = np.array([[12, -16], [0, 0]])

# %% nothing_negative [subtle]
counter_example = np.array([[4, 8], [0, 0]])

# %% one_number
counter_example = 3

# %% other_half_right [subtle]
counter_example = np.array([[8, -4], [0, 0]])

# %% sign_exchanged [subtle]
counter_example = np.array([[-12, 8], [0, 0]])

# %% sum_not_average [subtle]
counter_example = np.array([[3, -2], [0, 0]])

# %% zeros [subtle]
counter_example = np.zeros((2, 2))
