# Copies and views: which lists and arrays may share their content.

# %% style rows_multiplied
# A change of one row of a grid must not show in the others.
# sample: yes
# %% solution
def make_grid(rows, columns):
    return [[0] * columns for _ in range(rows)]
# %% right: by append
def make_grid(rows, columns):
    grid = []
    for _ in range(rows):
        grid.append([0] * columns)
    return grid
# %% wrong: one row many times
def make_grid(rows, columns):
    return [[0] * columns] * rows
# %% test
grid = make_grid(3, 2)
assert grid == [[0, 0], [0, 0], [0, 0]]
### BEGIN HIDDEN TESTS
grid[0][1] = 5
assert grid[1][1] == 0, "the rows must not be one and the same list"
### END HIDDEN TESTS

# %% style new_list
# The function must return a new list, not its argument.
# sample: yes
# %% solution
def doubled(numbers):
    return [2 * number for number in numbers]
# %% right: changes a copy
def doubled(numbers):
    result = list(numbers)
    for place in range(len(result)):
        result[place] *= 2
    return result
# %% wrong: changed in place
def doubled(numbers):
    for place in range(len(numbers)):
        numbers[place] *= 2
    return numbers
# %% test
given = [1, 2, 3]
got = doubled(given)
assert got == [2, 4, 6]
assert got is not given, "return a new list"

# %% style same_list
# The function must change its argument and return the same list.
# %% solution
def sort_in_place(items):
    items.sort()
    return items
# %% right: with a slice
def sort_in_place(items):
    items[:] = sorted(items)
    return items
# %% wrong: a sorted copy
def sort_in_place(items):
    return sorted(items)
# %% wrong: changed, but a copy is returned
def sort_in_place(items):
    items.sort()
    return list(items)
# %% test
unsorted = [3, 1, 2]
result = sort_in_place(unsorted)
assert unsorted == [1, 2, 3]
assert result is unsorted

# %% style shares_memory
# The result must not be a view of the array that was passed.
# %% solution
import numpy as np
def first_half(a):
    return a[: len(a) // 2].copy()
# %% right: with np.array
import numpy as np
def first_half(a):
    return np.array(a[: len(a) // 2])
# %% wrong: a view
def first_half(a):
    return a[: len(a) // 2]
# %% test
import numpy as np
whole = np.arange(6.0)
half = first_half(whole)
assert np.allclose(half, [0, 1, 2])
assert not np.shares_memory(whole, half)

# %% style view_required
# The result must be a view: changing it changes the array.
# %% solution
def diagonal_view(a):
    return a.reshape(-1)[:: a.shape[1] + 1]
# %% right: with ravel
def diagonal_view(a):
    return a.ravel()[:: a.shape[1] + 1]
# %% wrong: a copy
import numpy as np
def diagonal_view(a):
    return np.array([a[i, i] for i in range(len(a))])
# %% test
import numpy as np
square = np.arange(9).reshape(3, 3)
diagonal = diagonal_view(square)
diagonal[:] = 0
assert square[1, 1] == 0 and square[0, 1] == 1

# %% style view_base
# The result must be a view, which the test reads from its base.
# %% solution
def flipped(a):
    return a[::-1]
# %% right: in two steps
def flipped(a):
    backwards = slice(None, None, -1)
    return a[backwards]
# %% wrong: a copy
def flipped(a):
    return a[::-1].copy()
# %% test
import numpy as np
line = np.arange(4)
assert flipped(line).tolist() == [3, 2, 1, 0]
assert flipped(line).base is line, "return a view"

# %% style deep_copy
# The answer must make a deep copy: the inner lists must be new, too.
# %% solution
def duplicate(table):
    return [list(row) for row in table]
# %% right: copy.deepcopy
import copy
def duplicate(table):
    return copy.deepcopy(table)
# %% wrong: a shallow copy
def duplicate(table):
    return list(table)
# %% test
original = [[1, 2], [3, 4]]
clone = duplicate(original)
assert clone == original and clone is not original
### BEGIN HIDDEN TESTS
clone[0].append(9)
assert original == [[1, 2], [3, 4]]
### END HIDDEN TESTS

# %% style shallow_copy
# The answer must make a shallow copy: a new list with the same inner lists.
# %% solution
def shallow(table):
    return table[:]
# %% right: with list
def shallow(table):
    return list(table)
# %% wrong: a deep copy
import copy
def shallow(table):
    return copy.deepcopy(table)
# %% test
rows = [[1], [2]]
copied = shallow(rows)
assert copied is not rows
assert all(a is b for a, b in zip(copied, rows))

# %% style argument_unchanged
# The function must not change its argument.
# %% solution
def without_first(queue):
    return queue[1:]
# %% right: changes a copy
def without_first(queue):
    rest = list(queue)
    rest.pop(0)
    return rest
# %% wrong: changes the argument
def without_first(queue):
    queue.pop(0)
    return list(queue)
# %% test
people = ["ada", "bob", "cyn"]
assert without_first(people) == ["bob", "cyn"]
assert people == ["ada", "bob", "cyn"], "do not change the argument"

# %% style nested_argument_unchanged
# The function must not change a list inside its argument.
# %% solution
def birthday(person):
    return {**person, "age": person["age"] + 1, "tags": [*person["tags"], "older"]}
# %% right: copy.deepcopy
import copy
def birthday(person):
    older = copy.deepcopy(person)
    older["age"] += 1
    older["tags"].append("older")
    return older
# %% wrong: changes the inner list
def birthday(person):
    older = dict(person)
    older["age"] += 1
    older["tags"].append("older")
    return older
# %% test
ada = {"age": 36, "tags": ["poet"]}
assert birthday(ada) == {"age": 37, "tags": ["poet", "older"]}
assert ada == {"age": 36, "tags": ["poet"]}

# %% style array_in_place
# The function must change an array in place and return None.
# %% solution
def normalise(a):
    a /= a.sum()
# %% right: with a slice
def normalise(a):
    a[:] = a / a.sum()
# %% wrong: a new array
def normalise(a):
    a = a / a.sum()
# %% wrong: in place, but also returned
def normalise(a):
    a /= a.sum()
    return a
# %% test
import numpy as np
weights = np.array([1.0, 3.0])
assert normalise(weights) is None
assert np.allclose(weights, [0.25, 0.75])

# %% style object_identity_by_id
# The test compares objects by id().
# %% solution
def keep_or_copy(items, keep):
    return items if keep else list(items)
# %% right: an early return
def keep_or_copy(items, keep):
    if keep:
        return items
    return items[:]
# %% wrong: always a copy
def keep_or_copy(items, keep):
    return list(items)
# %% test
letters = ["x", "y"]
assert id(keep_or_copy(letters, True)) == id(letters)
assert id(keep_or_copy(letters, False)) != id(letters)

# %% style generated_lists
# A generator must yield a new list each time.
# %% solution
def prefixes(items):
    for end in range(1, len(items) + 1):
        yield items[:end]
# %% right: a copy each time
def prefixes(items):
    seen = []
    for item in items:
        seen.append(item)
        yield list(seen)
# %% wrong: the same list each time
def prefixes(items):
    seen = []
    for item in items:
        seen.append(item)
        yield seen
# %% test
assert list(prefixes([1, 2, 3])) == [[1], [1, 2], [1, 2, 3]]
