# subtle
def pad2d(batch, rows, columns):
    good = np.pad(batch, ((0, 0), rows, columns, (0, 0)))
    good[1:] = 0
    return good
