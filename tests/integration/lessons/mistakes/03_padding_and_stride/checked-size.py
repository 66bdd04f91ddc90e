# %% returns_text
# says: returned 'ValueError', but must `raise` a ValueError: the window does not fit
# wrong answer: returns_text


# %% prints_and_returns_none
# says: returned None, but must `raise` a ValueError: the window does not fit
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or s < 1 or p < 0 or k > n + p:
        print("ValueError")
        return None
    return (n + p - k) // s + 1


# %% prints_the_size
# says: returned None: `print` shows a value, `return` hands it over
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or s < 1 or p < 0 or k > n + p:
        raise ValueError
    print((n + p - k) // s + 1)


# %% asserts
# says: raised AssertionError, but must `raise` a ValueError
def checked_size(n, k, s, p):
    assert n >= 1 and k >= 1 and s >= 1 and p >= 0 and k <= n + p
    return (n + p - k) // s + 1


# %% refuses_the_exact_fit
# says: do not refuse this: the window fits
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or s < 1 or p < 0 or k >= n + p:
        raise ValueError
    return (n + p - k) // s + 1


# %% stride_not_checked
# says: raised ZeroDivisionError, but must `raise` a ValueError: s is below 1
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or p < 0 or k > n + p:
        raise ValueError
    return (n + p - k) // s + 1


# %% only_the_fit_is_checked
# says: must `raise` a ValueError: n is below 1
def checked_size(n, k, s, p):
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1


# %% the_courses_own
# says: yourself, instead of calling the course's own
# wrong answer: is_the_courses_own


# %% raises_another_error
# says: raised Exception, but must `raise` a ValueError: the window does not fit
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or s < 1 or p < 0 or k > n + p:
        raise Exception("impossible")
    return (n + p - k) // s + 1
