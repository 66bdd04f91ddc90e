# %% prints_instead_of_returning
# says: `print` shows a value, `return` hands it over
def worst_errors(logits, labels, count):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    answers = logits.argmax(axis=1)
    print(np.flatnonzero(answers != labels))


# %% right_ones_too
# says: right answers are among them
def worst_errors(logits, labels, count):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    answers = logits.argmax(axis=1)
    return np.argsort(-shares.max(axis=1))[:count]


# %% least_confident_first
# says: those are the least confident
def worst_errors(logits, labels, count):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    answers = logits.argmax(axis=1)
    wrong = np.flatnonzero(answers != labels)
    return wrong[np.argsort(shares.max(axis=1)[wrong])][:count]


# %% not_ordered
# says: the first errors, not the most confident
def worst_errors(logits, labels, count):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    answers = logits.argmax(axis=1)
    return np.flatnonzero(answers != labels)[:count]


# %% a_list
# says: a list, not a NumPy array
def worst_errors(logits, labels, count):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    answers = logits.argmax(axis=1)
    wrong = np.flatnonzero(answers != labels)
    return list(wrong[np.argsort(-shares.max(axis=1)[wrong])][:count])


# %% largest_logit
# says: softmax along each row
def worst_errors(logits, labels, count):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    answers = logits.argmax(axis=1)
    wrong = np.flatnonzero(answers != labels)
    return wrong[np.argsort(-logits.max(axis=1)[wrong])][:count]


# %% by_the_logit
# says: softmax along each row
def worst_errors(logits, labels, count):
    e = np.exp(logits)
    p = e / e.sum(axis=1, keepdims=True)
    answers = p.argmax(axis=1)
    wrong = np.where(answers != labels)[0]
    confidence = logits.max(axis=1)[wrong]
    return wrong[np.argsort(confidence)[::-1]][:count]
