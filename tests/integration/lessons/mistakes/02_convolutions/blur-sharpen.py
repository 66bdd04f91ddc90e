# %% blur_sums_to_nine
# says: blur gives 90 where all pixels are 10: do its weights add up to 1?
# wrong answer: blur_not_summing_to_one


# %% outline_for_sharpen
# says: sharpen gives 0 where all pixels are 10: do its weights add up to 1?
blur = np.ones((3, 3)) / 9
sharpen = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])


# %% nothing_sharpened
# says: sharpen: 1 to 2 on 1 + `right`: the bright side must exceed 2
blur = np.ones((3, 3)) / 9
sharpen = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
