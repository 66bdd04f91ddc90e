# %% confidence_in_the_truth
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    confidence = p[np.arange(len(labels)), labels]
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% count_ignored
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])]

# %% first_errors
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[:count]

# %% largest_logit
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    confidence = np.max(logits, axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% least_confident_first
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(confidence[wrong])][:count]

# %% loss_for_confidence
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    confidence = -np.log(p[np.arange(len(labels)), labels])
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% margin_for_confidence
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    best = np.sort(logits, axis=1)
    confidence = best[:, -1] - best[:, -2]
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% mask
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return np.argmax(logits, axis=1) != labels

# %% most_confident_then_wrong
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    sure = np.argsort(-confidence)[:count]
    return sure[np.argmax(logits[sure], axis=1) != labels[sure]]

# %% not_sorted
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return np.sort(wrong[np.argsort(-confidence[wrong])][:count])

# %% one_too_many
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][: count + 1]

# %% places_among_the_wrong
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return np.argsort(-confidence[wrong])[:count]

# %% right_ones_only
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) == labels)
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% right_ones_too
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = 1 / powers.sum(axis=1)
    wrong = np.arange(len(labels))
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% softmax_over_rows
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    confidence = powers.max(axis=1) / powers.sum()
    confidence = (powers / powers.sum(axis=0)).max(axis=1)
    wrong = np.flatnonzero(np.argmax(logits, axis=1) != labels)
    return wrong[np.argsort(-confidence[wrong])][:count]

# %% calls_the_courses_own
def worst_errors(logits, labels, count):
    """Find the rows that are wrong with the most confidence."""
    return ours.worst_errors(logits, labels, count)
