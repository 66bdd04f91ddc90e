# subtle
total = float(table[0])
