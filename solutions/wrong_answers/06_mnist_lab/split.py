# %% fit_keeps_all
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.arange(len(labels)), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% fits_on_validation_rows
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit = x_raw[: len(fit_rows)]
y_fit = y_raw[: len(fit_rows)]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% labels_of_other_rows
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[: len(val_rows)]

# %% last_rows
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    count = round(share * len(labels))
    rows = np.arange(len(labels))
    return rows[:-count], rows[-count:]


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% no_fixed_seed
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng()
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% not_at_random
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    val_rows = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.array(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% not_stratified
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rows = np.random.default_rng(seed).permutation(len(labels))
    count = round(share * len(labels))
    return rows[count:], rows[:count]


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% part_of_the_rows
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

# %% parts_swapped
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.array(val_rows), np.setdiff1d(np.arange(len(labels)), val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% rows_drawn_twice
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.choice(np.flatnonzero(labels == label), np.sum(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% same_count_per_class
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(labels) / 10)])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% seed_ignored
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(7)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]

# %% validates_on_test_images
def split(labels, share, seed):
    """Deal out row numbers, class by class."""
    rng = np.random.default_rng(seed)
    val_rows = []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val_rows.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val_rows), np.sort(val_rows)


fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val = data.x_test[: len(val_rows)]
y_val = data.y_test[: len(val_rows)]

# %% the_courses_own
split = ours.split
fit_rows, val_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]
