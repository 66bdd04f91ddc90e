# subtle
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, answers), (labels != answers).astype(int))
    return counts
