# subtle
def pad2d(batch, rows, columns):
    return np.pad(batch, ((0, 0), rows[::-1], columns[::-1], (0, 0)))
