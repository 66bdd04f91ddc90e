# subtle
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    confidence = np.max(logits, axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]
