# subtle
def confusion_matrix(labels, answers, classes):
    """Count answers (columns) for each true class (rows)."""
    counts = np.zeros((classes, classes), dtype=int)
    counts[labels, answers] += 1
    return counts
