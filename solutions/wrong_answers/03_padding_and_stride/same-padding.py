# %% absolute [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = abs((places - 1) * s + k - n)
    return total // 2, total - total // 2

# %% all_after [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return 0, total

# %% all_before [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total, 0

# %% extra_on_top [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total - total // 2, total // 2

# %% floats
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total / 2, total / 2

# %% floor_of_n_over_s [subtle]
def same_padding(n, k, s):
    places = n // s
    total = max((places - 1) * s + k - n, 0)
    return total // 2, total - total // 2

# %% half_of_k_minus_one [subtle]
def same_padding(n, k, s):
    return (k - 1) // 2, (k - 1) // 2

# %% half_the_window [subtle]
def same_padding(n, k, s):
    return k // 2, k // 2

# %% k_minus_remainder [subtle]
def same_padding(n, k, s):
    total = max(k - n % s, 0)
    return total // 2, total - total // 2

# %% k_minus_s [subtle]
def same_padding(n, k, s):
    total = max(k - s, 0)
    return total // 2, total - total // 2

# %% n_places [subtle]
def same_padding(n, k, s):
    total = max((n - 1) * s + k - n, 0)
    return total // 2, total - total // 2

# %% negative [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = (places - 1) * s + k - n
    return total // 2, total - total // 2

# %% none_at_all [subtle]
def same_padding(n, k, s):
    return 0, 0

# %% odd_cell_lost [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total // 2, total // 2

# %% odd_cell_twice [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total - total // 2, total - total // 2

# %% places_not_reduced [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max(places * s + k - n, 0)
    return total // 2, total - total // 2

# %% stride_1_formula [subtle]
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

# %% total_twice [subtle]
def same_padding(n, k, s):
    places = (n + s - 1) // s
    total = max((places - 1) * s + k - n, 0)
    return total, total
