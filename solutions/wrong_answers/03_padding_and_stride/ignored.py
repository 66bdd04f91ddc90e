# %% after_the_last_only
def ignored(n, k, s):
    last = (n - k) // s * s
    return list(range(last + k, n))

# %% all
def ignored(n, k, s):
    return list(range(n))

# %% between_windows_only
def ignored(n, k, s):
    last = (n - k) // s * s
    return [i for i in range(last) if i % s >= k]

# %% counted
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return n - len(read)

# %% counted_from_one
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return [i + 1 for i in range(n) if i not in read]

# %% falling_order
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return [i for i in range(n)[::-1] if i not in read]

# %% fraction_of_places
def ignored(n, k, s):
    return list(range(n - (n - k) % s, n))

# %% mask
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return [i not in read for i in range(n)]

# %% none
def ignored(n, k, s):
    return []

# %% one_place_too_few
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k, s) for j in range(k)}
    return [i for i in range(n) if i not in read]

# %% one_place_too_many
def ignored(n, k, s):
    read = {i + j for i in range(0, n, s) for j in range(k)}
    return [i for i in range(n) if i not in read]

# %% remainder_only
def ignored(n, k, s):
    return list(range(n - n % s, n))

# %% same_padding_assumed
def ignored(n, k, s):
    places = -(-n // s)
    before = max((places - 1) * s + k - n, 0) // 2
    read = {i * s + j - before for i in range(places) for j in range(k)}
    return [i for i in range(n) if i not in read]

# %% starts_only
def ignored(n, k, s):
    read = set(range(0, n - k + 1, s))
    return [i for i in range(n) if i not in read]

# %% those_read
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k)}
    return sorted(read)

# %% window_one_too_wide
def ignored(n, k, s):
    read = {i + j for i in range(0, n - k + 1, s) for j in range(k + 1)}
    return [i for i in range(n) if i not in read]

# %% window_starts_of_stride_1
def ignored(n, k, s):
    return list(range(n - k + 1, n))
