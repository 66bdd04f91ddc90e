# subtle
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw[:-100], 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]
