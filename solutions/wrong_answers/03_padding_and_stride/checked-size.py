# %% always_raises
def checked_size(n, k, s, p):
    raise ValueError

# %% another_error
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise TypeError
    if k > n + p:
        raise TypeError
    return (n + p - k) // s + 1

# %% assertion
def checked_size(n, k, s, p):
    assert min(n, k, s) >= 1 and p >= 0
    assert k <= n + p
    return (n + p - k) // s + 1

# %% bare_exception
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise Exception('no')
    if k > n + p:
        raise Exception('no')
    return (n + p - k) // s + 1

# %% clipped_at_one
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    return max((n + p - k) // s + 1, 1)

# %% clipped_at_zero
def checked_size(n, k, s, p):
    if s < 1:
        raise ValueError
    return max((n + p - k) // s + 1, 0)

# %% exact_fit_refused
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k >= n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% fit_not_checked_when_negative_only
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if (n + p - k) // s + 1 < 0:
        raise ValueError
    return (n + p - k) // s + 1

# %% fraction_refused
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    if (n + p - k) % s:
        raise ValueError
    return (n + p - k) // s + 1

# %% k_not_checked
def checked_size(n, k, s, p):
    if min(n, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% large_stride_refused
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    if s > k:
        raise ValueError
    return (n + p - k) // s + 1

# %% n_not_checked
def checked_size(n, k, s, p):
    if min(k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% negative_stride_accepted
def checked_size(n, k, s, p):
    if min(n, k) < 1 or s == 0 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% no_check
def checked_size(n, k, s, p):
    return (n + p - k) // s + 1

# %% padding_left_out_of_fit
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n:
        raise ValueError
    return (n + p - k) // s + 1

# %% padding_not_checked
def checked_size(n, k, s, p):
    if min(n, k, s) < 1:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% padding_required
def checked_size(n, k, s, p):
    if min(n, k, s, p) < 1:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% padding_twice_in_fit
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + 2 * p:
        raise ValueError
    return (n + p - k) // s + 1

# %% prints_only
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0 or k > n + p:
        print('does not fit')
        return 0
    return (n + p - k) // s + 1

# %% returns_negative
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    return (n + p - k) // s + 1

# %% returns_none
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0 or k > n + p:
        return None
    return (n + p - k) // s + 1

# %% returns_the_error
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0 or k > n + p:
        return ValueError('does not fit')
    return (n + p - k) // s + 1

# %% returns_zero
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0 or k > n + p:
        return 0
    return (n + p - k) // s + 1

# %% right_checks_no_stride
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return n + p - k + 1

# %% right_checks_padding_ignored
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return max((n - k) // s + 1, 1)

# %% right_checks_wrong_size
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s

# %% s_not_checked
def checked_size(n, k, s, p):
    if min(n, k) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% stride_beyond_image_refused
def checked_size(n, k, s, p):
    if min(n, k, s) < 1 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    if s > n:
        raise ValueError
    return (n + p - k) // s + 1

# %% zero_accepted
def checked_size(n, k, s, p):
    if min(n, k, s) < 0 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% zero_k_accepted
def checked_size(n, k, s, p):
    if min(n, s) < 1 or k < 0 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% zero_n_accepted
def checked_size(n, k, s, p):
    if min(k, s) < 1 or n < 0 or p < 0:
        raise ValueError
    if k > n + p:
        raise ValueError
    return (n + p - k) // s + 1

# %% is_the_courses_own
checked_size = numerics.output_size

# %% calls_the_courses_own
def checked_size(n, k, s, p):
    return numerics.output_size(n, k, s, p)

# %% returns_text
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or s < 1 or p < 0 or k > n + p:
        return "ValueError"
    return (n + p - k) // s + 1

# %% floats
def checked_size(n, k, s, p):
    if n < 1 or k < 1 or s < 1 or p < 0 or k > n + p:
        raise ValueError
    return np.floor((n + p - k) / s) + 1
