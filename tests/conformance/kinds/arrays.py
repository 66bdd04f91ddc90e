# NumPy and SciPy: shapes, dtypes, masks, random generators, linear algebra, functions.

# %% style shape_and_values
# The test checks the shape, dtype and values of an array.
# sample: yes
# %% solution
import numpy as np
def checkerboard(n):
    return np.indices((n, n)).sum(axis=0) % 2
# %% right: with slices
import numpy as np
def checkerboard(n):
    board = np.zeros((n, n), dtype=int)
    board[1::2, ::2] = 1
    board[::2, 1::2] = 1
    return board
# %% wrong: 0 and 1 swapped
import numpy as np
def checkerboard(n):
    return 1 - np.indices((n, n)).sum(axis=0) % 2
# %% wrong: one dimension
import numpy as np
def checkerboard(n):
    return (np.indices((n, n)).sum(axis=0) % 2).ravel()
# %% test
import numpy as np
board = checkerboard(4)
assert board.shape == (4, 4) and board.dtype.kind == "i"
assert np.array_equal(board[:2, :2], [[0, 1], [1, 0]])
### BEGIN HIDDEN TESTS
assert checkerboard(7).sum() == 24
### END HIDDEN TESTS

# %% style array_variable
# The answer is a variable that holds an array.
# %% solution
import numpy as np
grid_points = np.linspace(0, 1, 5)
# %% right: arange
import numpy as np
grid_points = np.arange(5) / 4
# %% wrong: without the last point
import numpy as np
grid_points = np.arange(0, 1, 0.25)
# %% test
import numpy as np
assert isinstance(grid_points, np.ndarray)
assert len(grid_points) == 5 and np.allclose(grid_points, [0, 0.25, 0.5, 0.75, 1])

# %% style boolean_mask
# The function selects values with a mask.
# %% solution
def outliers(a, limit):
    return a[abs(a - a.mean()) > limit]
# %% right: compress
import numpy as np
def outliers(a, limit):
    return np.compress(np.abs(a - np.mean(a)) > limit, a)
# %% wrong: values within the limit
def outliers(a, limit):
    return a[abs(a - a.mean()) <= limit]
# %% test
import numpy as np
np.testing.assert_array_equal(outliers(np.array([1.0, 1, 1, 9]), 4), [9])

# %% style broadcasting
# The function returns the distance of each row of one array to each row of another.
# %% solution
def distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(-1) ** 0.5
# %% right: with SciPy
from scipy.spatial.distance import cdist
def distances(a, b):
    return cdist(a, b)
# %% wrong: row by row
def distances(a, b):
    return ((a - b) ** 2).sum(-1) ** 0.5
# %% test
import numpy as np
d = distances(np.zeros((2, 2)), np.array([[3.0, 4.0], [0.0, 1.0]]))
assert d.shape == (2, 2)
np.testing.assert_allclose(d, [[5, 1], [5, 1]])

# %% style generator_argument
# The test passes a random generator.
# %% solution
def sample_mean(rng, n):
    return rng.normal(size=n).mean()
# %% right: standard_normal
import numpy as np
def sample_mean(rng, n):
    return np.mean(rng.standard_normal(n))
# %% wrong: its own generator
import numpy as np
def sample_mean(rng, n):
    return np.random.default_rng(1).normal(size=n).mean()
# %% test
import numpy as np
expected = np.random.default_rng(5).normal(size=10).mean()
assert np.isclose(sample_mean(np.random.default_rng(5), 10), expected)

# %% style statistics_of_sample
# The test checks properties of random values.
# %% solution
import numpy as np
def dice(n, seed=None):
    return np.random.default_rng(seed).integers(1, 7, n)
# %% right: Python's generator
import random
import numpy as np
def dice(n, seed=None):
    source = random.Random(seed)
    return np.array([source.randint(1, 6) for _ in range(n)])
# %% wrong: from 0
import numpy as np
def dice(n, seed=None):
    return np.random.default_rng(seed).integers(0, 6, n)
# %% test
import numpy as np
rolls = dice(2000, seed=3)
assert rolls.shape == (2000,)
assert set(np.unique(rolls)) == {1, 2, 3, 4, 5, 6}
assert abs(rolls.mean() - 3.5) < 0.3

# %% style linear_algebra
# The answer must solve a linear system.
# %% solution
import numpy as np
def solve_system(a, b):
    return np.linalg.solve(a, b)
# %% right: by the inverse
import numpy as np
def solve_system(a, b):
    return np.linalg.inv(a) @ b
# %% wrong: transposed
import numpy as np
def solve_system(a, b):
    return np.linalg.solve(a.T, b)
# %% test
import numpy as np
a, b = np.array([[2.0, 1], [0, 4]]), np.array([4.0, 8])
np.testing.assert_allclose(a @ solve_system(a, b), b)

# %% style tuple_of_arrays
# The function returns several arrays.
# %% solution
import numpy as np
def polar(x, y):
    return np.hypot(x, y), np.arctan2(y, x)
# %% right: with complex numbers
import numpy as np
def polar(x, y):
    z = np.asarray(x) + 1j * np.asarray(y)
    return np.abs(z), np.angle(z)
# %% wrong: with arctan
import numpy as np
def polar(x, y):
    return np.hypot(x, y), np.arctan(y / x)
# %% test
import numpy as np
r, angle = polar(np.array([-1.0, 1.0]), np.array([1.0, 1.0]))
assert np.allclose(r, np.sqrt(2))
assert np.allclose(angle, [3 * np.pi / 4, np.pi / 4])

# %% style vectorised_function
# A function must work on numbers and on arrays.
# %% solution
import numpy as np
def relu(x):
    return np.maximum(x, 0)
# %% right: by a product
def relu(x):
    return x * (x > 0)
# %% wrong: numbers only
def relu(x):
    return x if x > 0 else 0
# %% test
import numpy as np
assert relu(-3) == 0 and relu(2.5) == 2.5
assert relu(np.array([-1, 1])).tolist() == [0, 1]

# %% style function_argument
# The answer calls a function of the test with numbers or arrays.
# %% solution
def trapezoid(f, a, b, n):
    h = (b - a) / n
    return h * sum((f(a + i * h) + f(a + (i + 1) * h)) / 2 for i in range(n))
# %% right: with NumPy
import numpy as np
def trapezoid(f, a, b, n):
    y = f(np.linspace(a, b, n + 1))
    return ((y[1:] + y[:-1]) / 2).sum() * (b - a) / n
# %% wrong: a left sum
def trapezoid(f, a, b, n):
    h = (b - a) / n
    return h * sum(f(a + i * h) for i in range(n))
# %% test
import numpy as np
assert np.isclose(trapezoid(lambda x: 3 * x**2, 0, 1, 1000), 1, atol=1e-5)

# %% style scipy_optimisation
# The function returns a result object of SciPy.
# %% solution
from scipy import optimize
def find_minimum(f):
    return optimize.minimize_scalar(f)
# %% right: with bounds
from scipy import optimize
def find_minimum(f):
    return optimize.minimize_scalar(f, bounds=(-10, 10), method="bounded")
# %% wrong: only x
from scipy import optimize
def find_minimum(f):
    return optimize.minimize_scalar(f).x
# %% test
best = find_minimum(lambda x: (x - 2) ** 2 + 1)
assert abs(best.x - 2) < 1e-3 and abs(best.fun - 1) < 1e-3
assert best.success

# %% style scipy_distribution
# The answer is a frozen distribution of SciPy.
# %% solution
from scipy import stats
heights = stats.norm(170, 10)
# %% right: with keywords
from scipy.stats import norm
heights = norm(loc=170, scale=10)
# %% wrong: the variance as the scale
from scipy import stats
heights = stats.norm(170, 100)
# %% test
assert abs(heights.mean() - 170) < 1e-9
assert abs(heights.cdf(180) - 0.8413) < 1e-3

# %% style sparse_matrix
# The function returns a sparse matrix.
# %% solution
from scipy import sparse
def adjacency(edges, n):
    rows, columns = zip(*edges)
    return sparse.csr_matrix(([1] * len(edges), (rows, columns)), shape=(n, n))
# %% right: from a list of lists
from scipy import sparse
def adjacency(edges, n):
    matrix = sparse.lil_matrix((n, n))
    for i, j in edges:
        matrix[i, j] = 1
    return matrix
# %% wrong: dense
import numpy as np
def adjacency(edges, n):
    matrix = np.zeros((n, n))
    for i, j in edges:
        matrix[i, j] = 1
    return matrix
# %% wrong: transposed
from scipy import sparse
def adjacency(edges, n):
    rows, columns = zip(*edges)
    return sparse.csr_matrix(([1] * len(edges), (columns, rows)), shape=(n, n))
# %% test
from scipy import sparse
made = adjacency([(0, 1), (1, 2)], 3)
assert sparse.issparse(made) and made.nnz == 2
assert made.toarray().tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]

# %% style image_array
# The function takes and returns an image of bytes.
# %% solution
import numpy as np
def brighten(image, by):
    return np.clip(image.astype(int) + by, 0, 255).astype(np.uint8)
# %% right: with minimum
import numpy as np
def brighten(image, by):
    return np.minimum(image.astype(np.int32) + by, 255).astype("uint8")
# %% wrong: overflow
import numpy as np
def brighten(image, by):
    return (image + np.uint8(by)).astype(np.uint8)
# %% test
import numpy as np
image = np.array([[10, 250]], dtype=np.uint8)
assert brighten(image, 20).tolist() == [[30, 255]]
assert brighten(image, 1).dtype == np.uint8

# %% style saved_array
# The answer saves an array to a file, and the test loads it.
# %% solution
import numpy as np
def store(a, path):
    np.save(path, a)
# %% right: an open file
import numpy as np
def store(a, path):
    with open(path, "wb") as file:
        np.save(file, a)
# %% wrong: as text
import numpy as np
def store(a, path):
    np.savetxt(path, a)
# %% test
import numpy as np
store(np.arange(3), "arrays_saved.npy")
assert np.load("arrays_saved.npy").tolist() == [0, 1, 2]

# %% style large_array
# The test passes a large array.
# %% solution
import numpy as np
def sum_squares(a):
    return np.dot(a, a)
# %% right: with a power
def sum_squares(a):
    return (a**2).sum()
# %% wrong: the sum of the values
def sum_squares(a):
    return a.sum()
# %% test
import numpy as np
assert sum_squares(np.ones(200_000) * 2) == 800_000

# %% style numpy_polynomial
# The function returns a polynomial object of NumPy.
# %% solution
import numpy as np
def fit_line(x, y):
    return np.polynomial.Polynomial.fit(x, y, 1).convert()
# %% right: with polyfit
import numpy as np
def fit_line(x, y):
    slope, start = np.polyfit(x, y, 1)
    return np.polynomial.Polynomial([start, slope])
# %% wrong: the coefficients reversed
import numpy as np
def fit_line(x, y):
    return np.polynomial.Polynomial(np.polyfit(x, y, 1))
# %% test
import numpy as np
line = fit_line(np.arange(4.0), 2 * np.arange(4.0) + 1)
np.testing.assert_allclose(line.coef, [1, 2], atol=1e-9)
assert abs(line(10) - 21) < 1e-6
