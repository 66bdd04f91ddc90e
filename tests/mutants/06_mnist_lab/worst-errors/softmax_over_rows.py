# subtle
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = powers.max(axis=1) / powers.sum()
    confidence = (powers / powers.sum(axis=0)).max(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]
