# Objects that keep state, hold other objects, or are passed to functions.

# %% style state_over_calls
# The test makes many calls to a stack, which keeps its state.
# %% solution
class IntStack:
    def __init__(self):
        self._items = []
    def push(self, item):
        self._items.append(item)
    def pop(self):
        return self._items.pop()
    def is_empty(self):
        return not self._items
# %% right: a linked list
class IntStack:
    def __init__(self):
        self._top = None
    def push(self, item):
        self._top = (item, self._top)
    def pop(self):
        item, self._top = self._top
        return item
    def is_empty(self):
        return self._top is None
# %% wrong: a queue
class IntStack:
    def __init__(self):
        self._items = []
    def push(self, item):
        self._items.append(item)
    def pop(self):
        return self._items.pop(0)
    def is_empty(self):
        return not self._items
# %% test
stack = IntStack()
assert stack.is_empty()
for n in range(3):
    stack.push(n)
assert [stack.pop() for _ in range(3)] == [2, 1, 0]
assert stack.is_empty() is True

# %% style composition
# An object must change another object inside it.
# %% solution
class Engine:
    def __init__(self):
        self.running = False
class Car:
    def __init__(self):
        self.engine = Engine()
    def start(self):
        self.engine.running = True
# %% right: an optional argument
class Engine:
    running = False
class Car:
    def __init__(self, engine=None):
        self.engine = engine or Engine()
    def start(self):
        self.engine.running = True
# %% wrong: a new engine
class Engine:
    def __init__(self):
        self.running = False
class Car:
    def __init__(self):
        self.engine = Engine()
    def start(self):
        Engine().running = True
# %% test
car = Car()
assert car.engine.running is False
car.start()
assert car.engine.running is True

# %% style duck_typing
# The test passes objects of its own class.
# %% solution
def loudest(animals):
    return max(animals, key=lambda animal: animal.volume())
# %% right: with sorted
def loudest(animals):
    return sorted(animals, key=lambda animal: -animal.volume())[0]
# %% wrong: the first object
def loudest(animals):
    return animals[0]
# %% test
class Sound:
    def __init__(self, v):
        self.v = v
    def volume(self):
        return self.v
cat, lion = Sound(1), Sound(9)
assert loudest([cat, lion]) is lion

# %% style sorted_objects_of_student
# The test sorts a list of the student's objects.
# %% solution
class Runner:
    def __init__(self, name, time):
        self.name, self.time = name, time
    def pace(self):
        return self.time / 10
# %% right: a product
class Runner:
    def __init__(self, name, time):
        self.name = name
        self.time = time
    def pace(self):
        return 0.1 * self.time
# %% wrong: the negative time
class Runner:
    def __init__(self, name, time):
        self.name, self.time = name, time
    def pace(self):
        return -self.time
# %% test
runners = [Runner("b", 20), Runner("a", 10)]
assert [r.name for r in sorted(runners, key=lambda r: r.pace())] == ["a", "b"]

# %% style linked_list
# The test follows a linked list from node to node.
# %% solution
class ListNode:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def from_items(items):
    head = None
    for item in reversed(items):
        head = ListNode(item, head)
    return head
# %% right: by recursion
class ListNode:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next
def from_items(items):
    return ListNode(items[0], from_items(items[1:])) if items else None
# %% wrong: backwards
class ListNode:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def from_items(items):
    head = None
    for item in items:
        head = ListNode(item, head)
    return head
# %% test
node, values = from_items([1, 2, 3]), []
while node is not None:
    values.append(node.value)
    node = node.next
assert values == [1, 2, 3]

# %% style tree_recursion
# The test builds a tree from objects of the student's class.
# %% solution
class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children
    def total(self):
        return self.value + sum(child.total() for child in self.children)
# %% right: a stack
class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = list(children)
    def total(self):
        total, todo = 0, [self]
        while todo:
            node = todo.pop()
            total += node.value
            todo += node.children
        return total
# %% wrong: one level
class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children
    def total(self):
        return self.value + sum(child.value for child in self.children)
# %% test
assert Tree(1, Tree(2, Tree(3)), Tree(4)).total() == 10
