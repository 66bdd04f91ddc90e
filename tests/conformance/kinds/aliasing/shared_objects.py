# Objects that several calls, instances or names share, or must not share.

# %% style default_argument
# Calls must not share a default list.
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

# %% style new_list_each_call
# Each call must return a new list, even if the lists are equal.
# %% solution
def fresh():
    return []
# %% right: list()
def fresh():
    return list()
# %% wrong: one list for all calls
shared_list = []
def fresh():
    return shared_list
# %% test
one, two = fresh(), fresh()
assert one == [] and two == []
one.append(1)
assert two == []

# %% style cached_result
# The second call must return the same object as the first.
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
# Each call of a class must return the same object.
# %% solution
class Registry:
    _only = None
    def __new__(cls):
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only
# %% right: with hasattr
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
# A method must return a copy, so that callers cannot change the object.
# %% solution
class Basket:
    def __init__(self):
        self._items = []
    def add(self, item):
        self._items.append(item)
    def items(self):
        return list(self._items)
# %% right: kept as a tuple
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
# An object must copy the list that is passed to it.
# %% solution
class Deck:
    def __init__(self, cards):
        self.cards = list(cards)
    def count(self):
        return len(self.cards)
# %% right: with a slice
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
# Objects of a class must not share one list.
# %% solution
class Dog:
    def __init__(self):
        self.tricks = []
    def learn(self, trick):
        self.tricks.append(trick)
# %% right: a new list each time
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

# %% style global_list_kept
# A call must change a global list of the answer, not replace it.
# %% solution
scores = [1, 2]
def add_score(score):
    scores.append(score)
# %% right: with extend
scores = [1, 2]
def add_score(score):
    scores.extend([score])
# %% wrong: a new list
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
# A method must return its own object, so that calls can be chained.
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
# The answer must return the last node of a linked list, not a copy.
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

# %% style sentinel_identity
# The test compares a sentinel of the answer by identity.
# %% solution
MISSING = object()
def lookup(table, key):
    return table.get(key, MISSING)
# %% right: with in
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
