# subtle
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    best = np.sort(logits, axis=1)
    confidence = best[:, -1] - best[:, -2]
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]
