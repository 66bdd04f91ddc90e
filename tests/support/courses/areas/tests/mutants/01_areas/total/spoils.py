# subtle
table[0] = 0
total = float(np.sum(table))
