# subtle
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rows = np.random.default_rng(seed).permutation(len(labels))
    count = round(share * len(labels))
    return rows[count:], rows[:count]


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]
