# subtle
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    confidence = -np.log(p[np.arange(len(labels)), labels])
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]
