# %% prints_instead_of_returning
# says: `print` shows a value, `return` hands it over
def confusion_matrix(labels, answers, classes):
    print(np.zeros((classes, classes), dtype=int))


# %% transposed
# says: transposed: rows are true classes
# wrong answer: transposed


# %% floats
# says: whole numbers are asked for
def confusion_matrix(labels, answers, classes):
    counts = np.zeros((classes, classes))
    np.add.at(counts, (labels, answers), 1)
    return counts


# %% counts_once
# says: two images in one cell count as 2
# wrong answer: counts_once


# %% a_list
# says: a list, not a NumPy array
def confusion_matrix(labels, answers, classes):
    counts = [[0] * classes for _ in range(classes)]
    for label, answer in zip(labels, answers):
        counts[label][answer] += 1
    return counts
