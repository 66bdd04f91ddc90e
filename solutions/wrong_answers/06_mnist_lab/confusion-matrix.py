# %% counts_once
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    counts[labels, answers] += 1
    return counts

# %% only_correct
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, labels), 1)
    return counts

# %% only_errors
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, answers), (labels != answers).astype(int))
    return counts

# %% shares_not_counts
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, answers), 1)
    return counts / max(len(labels), 1)

# %% size_from_labels
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    size = max(labels.max(), answers.max()) + 1
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, (labels, answers), 1)
    return counts

# %% ten_classes_always
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (labels, answers), 1)
    return counts

# %% transposed
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (answers, labels), 1)
    return counts

# %% the_courses_own
confusion_matrix = ours.confusion_matrix
