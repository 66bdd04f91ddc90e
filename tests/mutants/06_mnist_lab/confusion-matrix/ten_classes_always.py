def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (labels, answers), 1)
    return counts
