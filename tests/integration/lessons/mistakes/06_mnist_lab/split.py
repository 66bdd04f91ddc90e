# %% prints_instead_of_returning
# says: `print` shows a value, `return` hands it over
def split(labels, share, seed):
    print(np.arange(len(labels)))


# %% one_array
# says: return two arrays
def split(labels, share, seed):
    return np.arange(len(labels))


# %% masks
# says: return row numbers
def split(labels, share, seed):
    mask = np.random.default_rng(seed).random(len(labels)) < share
    return ~mask, mask


# %% not_by_class
# says: split each class by itself
def split(labels, share, seed):
    rows = np.random.default_rng(seed).permutation(len(labels))
    count = round(share * len(labels))
    return rows[count:], rows[:count]


# %% val_first
# says: return fit_rows first
def split(labels, share, seed):
    rng, val = np.random.default_rng(seed), []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val.extend(rows[: round(share * len(rows))])
    return np.sort(val), np.setdiff1d(np.arange(len(labels)), val)


# %% names_left_blank
# says: now fill the six names
def split(labels, share, seed):
    rng, val = np.random.default_rng(seed), []
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        val.extend(rows[: round(share * len(rows))])
    return np.setdiff1d(np.arange(len(labels)), val), np.sort(val)


fit_rows, x_fit, y_fit = None, None, None
val_rows, x_val, y_val = None, None, None


# %% names_exchanged
# says: of 600, not a tenth
def split(labels, share, seed):
    rng = np.random.default_rng(seed)
    fit, val = [], []
    for label in np.unique(labels):
        rows = rng.permutation(np.where(labels == label)[0])
        n = int(share * len(rows))
        val.extend(rows[:n])
        fit.extend(rows[n:])
    return np.array(fit), np.array(val)


val_rows, fit_rows = split(y_raw, 0.1, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]


# %% another_share
# says: of 600, not a tenth
def split(labels, share, seed):
    rng = np.random.default_rng(seed)
    fit, val = [], []
    for label in np.unique(labels):
        rows = rng.permutation(np.where(labels == label)[0])
        n = int(share * len(rows))
        val.extend(rows[:n])
        fit.extend(rows[n:])
    return np.array(fit), np.array(val)


fit_rows, val_rows = split(y_raw, 0.2, SEED)
x_fit, y_fit = x_raw[fit_rows], y_raw[fit_rows]
x_val, y_val = x_raw[val_rows], y_raw[val_rows]
