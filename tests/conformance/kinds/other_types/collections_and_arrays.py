# Other collections and arrays than the solution's.

# %% style keys_view
# The answer may return dict.keys() where the solution returns a set.
# sample: yes
# %% solution
def names_in(table):
    return set(table)
# %% right: the keys
def names_in(table):
    return table.keys()
# %% right: a frozen set
def names_in(table):
    return frozenset(table)
# %% wrong: a list
def names_in(table):
    return list(table)
# %% test
assert names_in({"a": 1, "b": 2}) == {"a", "b"}

# %% style values_view
# The answer may return dict.values(), which the test sorts.
# %% solution
def prices_of(table):
    return list(table.values())
# %% right: the view
def prices_of(table):
    return table.values()
# %% right: a generator
def prices_of(table):
    return (table[key] for key in table)
# %% wrong: the keys
def prices_of(table):
    return list(table.keys())
# %% test
assert sorted(prices_of({"a": 2, "b": 1})) == [1, 2]

# %% style items_view
# The answer may return dict.items() where the solution returns pairs.
# %% solution
def pairs_of(table):
    return [(key, table[key]) for key in table]
# %% right: the view
def pairs_of(table):
    return table.items()
# %% right: with zip
def pairs_of(table):
    return zip(table.keys(), table.values())
# %% wrong: key and value swapped
def pairs_of(table):
    return [(table[key], key) for key in table]
# %% test
assert list(pairs_of({"a": 1})) == [("a", 1)]

# %% style counter_argument
# The test passes a Counter, whose methods the answer may call.
# %% solution
def most_frequent(counts):
    return max(counts, key=lambda word: counts[word])
# %% right: with most_common
def most_frequent(counts):
    return counts.most_common(1)[0][0]
# %% wrong: the least frequent
def most_frequent(counts):
    return min(counts, key=lambda word: counts[word])
# %% test
from collections import Counter
assert most_frequent(Counter("abracadabra")) == "a"

# %% style counter_for_dict
# The answer may return a Counter where the solution returns a dict.
# %% solution
def tally_of(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts
# %% right: a Counter
from collections import Counter
def tally_of(items):
    return Counter(items)
# %% right: a defaultdict
from collections import defaultdict
def tally_of(items):
    counts = defaultdict(int)
    for item in items:
        counts[item] += 1
    return counts
# %% wrong: counts each item once
def tally_of(items):
    return {item: 1 for item in items}
# %% test
assert tally_of("aab") == {"a": 2, "b": 1}

# %% style range_for_list
# The answer may return a range where the solution returns a list.
# %% solution
def multiples(k, n):
    return [k * i for i in range(n)]
# %% right: a range
def multiples(k, n):
    return range(0, k * n, k)
# %% right: a tuple
def multiples(k, n):
    return tuple(k * i for i in range(n))
# %% wrong: one number too few
def multiples(k, n):
    return range(0, k * (n - 1), k)
# %% test
assert list(multiples(3, 4)) == [0, 3, 6, 9]
assert multiples(3, 4)[2] == 6 and len(multiples(3, 4)) == 4

# %% style numpy_array_for_list
# The answer may return an array where the solution returns a list.
# %% solution
def scaled(values, k):
    return [k * value for value in values]
# %% right: an array
import numpy as np
def scaled(values, k):
    return k * np.asarray(values)
# %% right: with map
def scaled(values, k):
    return map(lambda value: k * value, values)
# %% wrong: the list repeated
def scaled(values, k):
    return values * k
# %% test
assert list(scaled([1, 2], 3)) == [3, 6]

# %% style matrix_for_array
# The answer may return a np.matrix where the solution returns an array.
# %% solution
import numpy as np
def identity_of(n):
    return np.eye(n)
# %% right: a matrix
import numpy as np
def identity_of(n):
    return np.matrix(np.identity(n))
# %% right: lists
def identity_of(n):
    return [[float(i == j) for j in range(n)] for i in range(n)]
# %% wrong: ones
import numpy as np
def identity_of(n):
    return np.ones((n, n))
# %% test
import numpy as np
np.testing.assert_array_equal(identity_of(2), [[1, 0], [0, 1]])

# %% style sparse_for_dense
# The answer may return a sparse matrix where the solution returns an array.
# %% solution
import numpy as np
def counts_matrix():
    return np.array([[0, 2], [0, 0]])
# %% right: a sparse matrix
from scipy import sparse
def counts_matrix():
    return sparse.csr_matrix(([2], ([0], [1])), shape=(2, 2))
# %% wrong: row and column swapped
import numpy as np
def counts_matrix():
    return np.array([[0, 0], [2, 0]])
# %% test
assert counts_matrix().shape == (2, 2)
assert counts_matrix().sum() == 2 and counts_matrix()[0, 1] == 2

# %% style namedtuple_for_tuple
# The answer may return a named tuple where the solution returns a tuple.
# %% solution
def min_max(values):
    return min(values), max(values)
# %% right: a named tuple
from collections import namedtuple
Bounds = namedtuple("Bounds", "low high")
def min_max(values):
    return Bounds(min(values), max(values))
# %% wrong: a list
def min_max(values):
    return [min(values), max(values)]
# %% test
assert min_max([3, 1, 2]) == (1, 3)
low, high = min_max([5])
assert low == high == 5

# %% style memoryview_for_bytes
# The answer may return a memoryview where the solution returns bytes.
# %% solution
def header_of(data):
    return data[:4]
# %% right: a memoryview
def header_of(data):
    return memoryview(data)[:4]
# %% right: a bytearray
def header_of(data):
    return bytearray(data[:4])
# %% wrong: three bytes
def header_of(data):
    return data[:3]
# %% test
assert bytes(header_of(b"PNG data")) == b"PNG "
assert header_of(b"PNG data") == b"PNG "

# %% style list_subclass
# The answer may return an object of a subclass of list.
# %% solution
def stack_of(*items):
    return list(items)
# %% right: a subclass of list
class Stack(list):
    def push(self, item):
        self.append(item)
def stack_of(*items):
    return Stack(items)
# %% wrong: reversed
def stack_of(*items):
    return list(reversed(items))
# %% test
assert stack_of(1, 2) == [1, 2]
assert stack_of(1, 2)[-1] == 2 and len(stack_of()) == 0
