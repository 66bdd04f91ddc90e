def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    size = max(labels.max(), answers.max()) + 1
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, (labels, answers), 1)
    return counts
