# %% absolute
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = abs((places - 1) * s + k - n)
    return total // 2, total - total // 2

# %% all_after
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return 0, total

# %% all_before
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total, 0

# %% extra_on_top
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total - total // 2, total // 2

# %% floats
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total / 2, total / 2

# %% floor_of_n_over_s
def same_padding(n, k, s):
    places = n // s
    total = max((places - 1) * s + k - n, 0)
    return total // 2, total - total // 2

# %% half_of_k_minus_one
def same_padding(n, k, s):
    return (k - 1) // 2, (k - 1) // 2

# %% half_the_window
def same_padding(n, k, s):
    return k // 2, k // 2

# %% k_minus_remainder
def same_padding(n, k, s):
    total = max(k - n % s, 0)
    return total // 2, total - total // 2

# %% k_minus_s
def same_padding(n, k, s):
    total = max(k - s, 0)
    return total // 2, total - total // 2

# %% n_places
def same_padding(n, k, s):
    total = max((n - 1) * s + k - n, 0)
    return total // 2, total - total // 2

# %% negative
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = (places - 1) * s + k - n
    return total // 2, total - total // 2

# %% none_at_all
def same_padding(n, k, s):
    return 0, 0

# %% odd_cell_lost
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total // 2, total // 2

# %% odd_cell_twice
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total - total // 2, total - total // 2

# %% places_not_reduced
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max(places * s + k - n, 0)
    return total // 2, total - total // 2

# %% stride_1_formula
def same_padding(n, k, s):
    return (k - 1) // 2, k // 2

# %% three_numbers
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total // 2, total - total // 2, total

# %% total_only
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total

# %% total_twice
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total, total

# %% is_the_courses_own
same_padding = ours.same_padding

# %% calls_the_courses_own
def same_padding(n, k, s):
    return ours.same_padding(n, k, s)
