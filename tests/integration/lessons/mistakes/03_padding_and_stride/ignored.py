# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    print([i for i in range(n) if i not in read])


# %% after_the_last_only
# says: those between two windows, too
def ignored(n, k, s):
    return list(range((n - k) // s * s + k, n))


# %% between_only
# says: those after the last window, too
def ignored(n, k, s):
    return [i for i in range((n - k) // s * s) if i % s >= k]


# %% how_many
# says: the single number 3: 3 values are asked for, in a list
# wrong answer: counted


# %% counted_from_one
# says: indices begin at 0
# wrong answer: counted_from_one


# %% range_stops_early
# says: the last window fits, too: where does range() stop?
# wrong answer: one_place_too_few


# %% array_instead_of_list
# says: an array of shape (3,): 3 values are asked for, in a list
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return np.array([i for i in range(n) if i not in read])
