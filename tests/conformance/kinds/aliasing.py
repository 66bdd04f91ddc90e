# Whether two names are one and the same object, or share parts: lost where values are
# copied on their way to a test.

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
# The result must be another list than the argument.
# sample: yes
# %% solution
def doubled(numbers):
    return [2 * number for number in numbers]
# %% right: a copy changed
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
# The function must change its argument and return that very list.
# %% solution
def sort_in_place(items):
    items.sort()
    return items
# %% right: by slices
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
# %% right: by np.array
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
# The result must be a view: a change of it shows in the array.
# %% solution
def diagonal_view(a):
    return a.reshape(-1)[:: a.shape[1] + 1]
# %% right: by ravel
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
# The base of the result tells whether it is a view.
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

# %% style nested_shallow
# A deep copy is asked for: inner lists must be new, too.
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

# %% style inner_identity
# A shallow copy is asked for: the inner objects must be the same.
# %% solution
def shallow(table):
    return table[:]
# %% right: by list
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

# %% style default_argument
# A default list must not be shared by calls.
# %% solution
def collect(item, into=None):
    if into is None:
        into = []
    into.append(item)
    return into
# %% right: a new list each time
def collect(item, into=None):
    return [item] if into is None else into + [item]
# %% wrong: a shared default
def collect(item, into=[]):
    into.append(item)
    return into
# %% test
assert collect(1) == [1]
assert collect(2) == [2], "each call starts with an empty list"

# %% style default_identity
# Two calls must return two lists, even if their content is equal.
# %% solution
def fresh():
    return []
# %% right: list()
def fresh():
    return list()
# %% wrong: one list for all
shared_list = []
def fresh():
    return shared_list
# %% test
one, two = fresh(), fresh()
assert one == [] and two == []
one.append(1)
assert two == []

# %% style cached_result
# The second call must return the object of the first.
# %% solution
settings_cache = {}
def load_settings(name):
    if name not in settings_cache:
        settings_cache[name] = {"name": name}
    return settings_cache[name]
# %% right: functools.cache
import functools
@functools.cache
def load_settings(name):
    return {"name": name}
# %% wrong: not cached
def load_settings(name):
    return {"name": name}
# %% test
assert load_settings("a") == {"name": "a"}
assert load_settings("a") is load_settings("a"), "keep the result"
assert load_settings("a") is not load_settings("b")

# %% style singleton
# All calls of a class give one object.
# %% solution
class Registry:
    _only = None
    def __new__(cls):
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only
# %% right: by a class attribute
class Registry:
    def __new__(cls):
        if not hasattr(cls, "only"):
            cls.only = object.__new__(cls)
        return cls.only
# %% wrong: a new one each time
class Registry:
    pass
# %% test
assert Registry() is Registry()
assert isinstance(Registry(), Registry)

# %% style internals_handed_out
# What a method returns must not let the caller change the object's inside.
# %% solution
class Basket:
    def __init__(self):
        self._items = []
    def add(self, item):
        self._items.append(item)
    def items(self):
        return list(self._items)
# %% right: as a tuple, and back
class Basket:
    def __init__(self):
        self._items = ()
    def add(self, item):
        self._items += (item,)
    def items(self):
        return list(self._items)
# %% wrong: the list itself
class Basket:
    def __init__(self):
        self._items = []
    def add(self, item):
        self._items.append(item)
    def items(self):
        return self._items
# %% test
basket = Basket()
basket.add("egg")
assert basket.items() == ["egg"]
### BEGIN HIDDEN TESTS
basket.items().append("stone")
assert basket.items() == ["egg"], "hand out a copy"
### END HIDDEN TESTS

# %% style caller_list_kept
# An object must not keep the list that it was given.
# %% solution
class Deck:
    def __init__(self, cards):
        self.cards = list(cards)
    def count(self):
        return len(self.cards)
# %% right: by slices
class Deck:
    def __init__(self, cards):
        self.cards = cards[:]
    def count(self):
        return len(self.cards)
# %% wrong: the caller's list
class Deck:
    def __init__(self, cards):
        self.cards = cards
    def count(self):
        return len(self.cards)
# %% test
hand = ["a", "b"]
deck = Deck(hand)
hand.append("c")
assert deck.count() == 2

# %% style class_attribute
# Objects must not share what belongs to each.
# %% solution
class Dog:
    def __init__(self):
        self.tricks = []
    def learn(self, trick):
        self.tricks.append(trick)
# %% right: tuples replaced
class Dog:
    tricks = ()
    def learn(self, trick):
        self.tricks = [*self.tricks, trick]
# %% wrong: a list of the class
class Dog:
    tricks = []
    def learn(self, trick):
        self.tricks.append(trick)
# %% test
fido, rex = Dog(), Dog()
fido.learn("roll")
assert list(fido.tricks) == ["roll"]
assert list(rex.tricks) == []

# %% style argument_unchanged
# The argument must be as it was.
# %% solution
def without_first(queue):
    return queue[1:]
# %% right: on a copy
def without_first(queue):
    rest = list(queue)
    rest.pop(0)
    return rest
# %% wrong: pop of the argument
def without_first(queue):
    queue.pop(0)
    return list(queue)
# %% test
people = ["ada", "bob", "cyn"]
assert without_first(people) == ["bob", "cyn"]
assert people == ["ada", "bob", "cyn"], "do not change the argument"

# %% style nested_argument_unchanged
# A dict in the argument must be as it was.
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
# %% wrong: the inner list changed
def birthday(person):
    older = dict(person)
    older["age"] += 1
    older["tags"].append("older")
    return older
# %% test
ada = {"age": 36, "tags": ["poet"]}
assert birthday(ada) == {"age": 37, "tags": ["poet", "older"]}
assert ada == {"age": 36, "tags": ["poet"]}

# %% style global_list_kept
# The answer's own list must be the same object after a call.
# %% solution
scores = [1, 2]
def add_score(score):
    scores.append(score)
# %% right: by extension
scores = [1, 2]
def add_score(score):
    scores.extend([score])
# %% wrong: another list
scores = [1, 2]
def add_score(score):
    global scores
    scores = scores + [score]
# %% test
before = scores
add_score(3)
assert scores == [1, 2, 3]
assert before is scores, "change the list, do not make another one"

# %% style returns_self
# A method returns its own object, so that calls can be chained.
# %% solution
class Turtle:
    def __init__(self):
        self.place = 0
    def forward(self, steps):
        self.place += steps
        return self
# %% right: with a variable
class Turtle:
    def __init__(self, place=0):
        self.place = place
    def forward(self, steps):
        this = self
        this.place = this.place + steps
        return this
# %% wrong: a new object
class Turtle:
    def __init__(self, place=0):
        self.place = place
    def forward(self, steps):
        return Turtle(self.place + steps)
# %% test
turtle = Turtle()
assert turtle.forward(2) is turtle
assert turtle.forward(1).forward(1).place == 4

# %% style linked_nodes
# A node in a linked list is found again by identity.
# %% solution
class Node:
    def __init__(self, value, after=None):
        self.value, self.after = value, after
def last_node(node):
    while node.after is not None:
        node = node.after
    return node
# %% right: by recursion
class Node:
    def __init__(self, value, after=None):
        self.value = value
        self.after = after
def last_node(node):
    return node if node.after is None else last_node(node.after)
# %% wrong: a copy of the node
class Node:
    def __init__(self, value, after=None):
        self.value, self.after = value, after
def last_node(node):
    while node.after is not None:
        node = node.after
    return Node(node.value)
# %% test
tail = Node(3)
head = Node(1, Node(2, tail))
assert last_node(head).value == 3
assert last_node(head) is tail

# %% style array_in_place
# An array is changed in place, and nothing is returned.
# %% solution
def normalise(a):
    a /= a.sum()
# %% right: by slices
def normalise(a):
    a[:] = a / a.sum()
# %% wrong: a new array
def normalise(a):
    a = a / a.sum()
# %% wrong: in place, but returned
def normalise(a):
    a /= a.sum()
    return a
# %% test
import numpy as np
weights = np.array([1.0, 3.0])
assert normalise(weights) is None
assert np.allclose(weights, [0.25, 0.75])

# %% style object_identity_by_id
# id() tells objects apart.
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

# %% style interned_flag
# A sentinel of the answer's own is compared by identity.
# %% solution
MISSING = object()
def lookup(table, key):
    return table.get(key, MISSING)
# %% right: by in
MISSING = object()
def lookup(table, key):
    return table[key] if key in table else MISSING
# %% wrong: None instead
MISSING = object()
def lookup(table, key):
    return table.get(key)
# %% test
assert lookup({"a": 1}, "a") == 1
assert lookup({"a": 1}, "b") is MISSING

# %% style zip_same_iterator
# A generator's values share one list that must not be reused.
# %% solution
def prefixes(items):
    for end in range(1, len(items) + 1):
        yield items[:end]
# %% right: copies of one list
def prefixes(items):
    seen = []
    for item in items:
        seen.append(item)
        yield list(seen)
# %% wrong: one list again and again
def prefixes(items):
    seen = []
    for item in items:
        seen.append(item)
        yield seen
# %% test
assert list(prefixes([1, 2, 3])) == [[1], [1, 2], [1, 2, 3]]
