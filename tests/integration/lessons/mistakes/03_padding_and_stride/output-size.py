# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def output_size(n, k, s, p):
    print((n + p - k) // s + 1)


# %% padding_twice
# says: add p once, before you divide: it is both ends together
def output_size(n, k, s, p):
    return (n + 2 * p - k) // s + 1


# %% no_plus_one
# says: too few: do the first and the last position count?
def output_size(n, k, s, p):
    return (n + p - k) // s


# %% plus_one_before_the_division
# says: too few: do the first and the last position count?
def output_size(n, k, s, p):
    return (n + p - k + 1) // s


# %% rounded_up
# says: round down: a window that fits only in part is no position
def output_size(n, k, s, p):
    return math.ceil((n + p - k) / s) + 1


# %% not_rounded
# says: round down: a window that fits only in part is no position
def output_size(n, k, s, p):
    return (n + p - k) / s + 1


# %% float
# says: return an int, not a float
def output_size(n, k, s, p):
    return float((n + p - k) // s + 1)


# %% stride_ignored
# says: the stride is ignored
def output_size(n, k, s, p):
    return n + p - k + 1


# %% padding_ignored
# says: the padding is ignored
def output_size(n, k, s, p):
    return (n - k) // s + 1


# %% the_courses_own
# says: write output_size yourself
output_size = numerics.output_size


# %% parentheses_missing
# says: divide all of n + p - k by s: parentheses
def output_size(n, k, s, p):
    return n + p - k // s + 1
