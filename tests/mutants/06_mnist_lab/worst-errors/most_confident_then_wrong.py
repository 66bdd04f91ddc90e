# subtle
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    sure = np.argsort(-confidence)[:count]
    return sure[np.argmax(logits[sure], axis=1) != labels[sure]]
