# %% always_raises
def checked_size(n, k, s, padding):
    raise ValueError

# %% another_error [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise TypeError
    if k > n + padding:
        raise TypeError
    return (n + padding - k) // s + 1

# %% assertion [subtle]
def checked_size(n, k, s, padding):
    assert min(n, k, s) >= 1 and padding >= 0
    assert k <= n + padding
    return (n + padding - k) // s + 1

# %% bare_exception [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise Exception('no')
    if k > n + padding:
        raise Exception('no')
    return (n + padding - k) // s + 1

# %% clipped_at_one [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    return max((n + padding - k) // s + 1, 1)

# %% clipped_at_zero [subtle]
def checked_size(n, k, s, padding):
    if s < 1:
        raise ValueError
    return max((n + padding - k) // s + 1, 0)

# %% exact_fit_refused [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k >= n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% fit_not_checked_when_negative_only [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if (n + padding - k) // s + 1 < 0:
        raise ValueError
    return (n + padding - k) // s + 1

# %% fraction_refused [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    if (n + padding - k) % s:
        raise ValueError
    return (n + padding - k) // s + 1

# %% k_not_checked [subtle]
def checked_size(n, k, s, padding):
    if min(n, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% large_stride_refused [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    if s > k:
        raise ValueError
    return (n + padding - k) // s + 1

# %% n_not_checked [subtle]
def checked_size(n, k, s, padding):
    if min(k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% negative_stride_accepted [subtle]
def checked_size(n, k, s, padding):
    if min(n, k) < 1 or s == 0 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% no_check [subtle]
def checked_size(n, k, s, padding):
    return (n + padding - k) // s + 1

# %% padding_left_out_of_fit [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n:
        raise ValueError
    return (n + padding - k) // s + 1

# %% padding_not_checked [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% padding_required [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s, padding) < 1:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% padding_twice_in_fit [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + 2 * padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% prints_only [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0 or k > n + padding:
        print('does not fit')
        return 0
    return (n + padding - k) // s + 1

# %% returns_negative [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    return (n + padding - k) // s + 1

# %% returns_none [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0 or k > n + padding:
        return None
    return (n + padding - k) // s + 1

# %% returns_the_error [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0 or k > n + padding:
        return ValueError('does not fit')
    return (n + padding - k) // s + 1

# %% returns_zero [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0 or k > n + padding:
        return 0
    return (n + padding - k) // s + 1

# %% right_checks_no_stride [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return n + padding - k + 1

# %% right_checks_padding_ignored [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return max((n - k) // s + 1, 1)

# %% right_checks_wrong_size [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s

# %% s_not_checked [subtle]
def checked_size(n, k, s, padding):
    if min(n, k) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% stride_beyond_image_refused [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 1 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    if s > n:
        raise ValueError
    return (n + padding - k) // s + 1

# %% zero_accepted [subtle]
def checked_size(n, k, s, padding):
    if min(n, k, s) < 0 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% zero_k_accepted [subtle]
def checked_size(n, k, s, padding):
    if min(n, s) < 1 or k < 0 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1

# %% zero_n_accepted [subtle]
def checked_size(n, k, s, padding):
    if min(k, s) < 1 or n < 0 or padding < 0:
        raise ValueError
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // s + 1
