# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def output_size(n, k, s, p):
    print((n + p - k) // s + 1)


# %% padding_twice
# says: add p once, before you divide: it is both ends together
# wrong answer: padding_twice


# %% no_plus_one
# says: too few: do the first and the last position count?
# wrong answer: no_plus_one


# %% plus_one_before_the_division
# says: too few: do the first and the last position count?
# wrong answer: plus_one_inside


# %% rounded_up
# says: round down: a window that fits only in part is no position
# wrong answer: ceil


# %% not_rounded
# says: round down: a window that fits only in part is no position
# wrong answer: float


# %% float
# says: return an int, not a float
def output_size(n, k, s, p):
    return float((n + p - k) // s + 1)


# %% stride_ignored
# says: the stride is ignored
# wrong answer: stride_ignored


# %% padding_ignored
# says: the padding is ignored
# wrong answer: padding_ignored


# %% the_courses_own
# says: write output_size yourself
# wrong answer: is_the_courses_own


# %% parentheses_missing
# says: divide all of n + p - k by s: parentheses
def output_size(n, k, s, p):
    return n + p - k // s + 1


# %% rounded_to_the_nearest_after_adding_1
# says: round down: a window that fits only in part is no position
def output_size(n, k, s, p):
    return round((n + p - k) / s + 1)
