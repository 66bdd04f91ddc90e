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
