# subtle
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[:count]
