# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def same_padding(n, k, s):
    print(max((-(-n // s) - 1) * s + k - n, 0))


# %% odd_cell_before
# says: the odd cell goes after
def same_padding(n, k, s):
    p = max((-(-n // s) - 1) * s + k - n, 0)
    return p - p // 2, p // 2


# %% floats
# says: whole cells only: the odd one goes after
def same_padding(n, k, s):
    p = max((-(-n // s) - 1) * s + k - n, 0)
    return p / 2, p / 2


# %% half_the_window
# says: before and after together are p, which is 1 here
# wrong answer: half_the_window


# %% negative
# says: p is never negative
def same_padding(n, k, s):
    p = (-(-n // s) - 1) * s + k - n
    return p // 2, p - p // 2


# %% total_only
# says: the single number 1: 2 values are asked for, in a tuple
def same_padding(n, k, s):
    return max((-(-n // s) - 1) * s + k - n, 0)


# %% rounded_down
# says: is p right? Work it out by hand first
def same_padding(n, k, s):
    p = max((n // s - 1) * s + k - n, 0)
    return p // 2, p - p // 2
