# Exact types of NumPy, and settings of arrays that equality does not compare.

# %% style numpy_scalar
# The result must be a NumPy scalar, not a Python float.
# %% solution
import numpy as np
def single(x):
    return np.float32(x)
# %% right: with astype
import numpy as np
def single(x):
    return np.asarray(x).astype("float32")[()]
# %% wrong: a float
def single(x):
    return float(x)
# %% test
import numpy as np
assert single(0.5) == 0.5
assert isinstance(single(1), np.float32)

# %% style python_float
# The result must be a Python float, not a NumPy scalar.
# %% solution
import numpy as np
def plain_mean(a):
    return float(np.mean(a))
# %% right: with item
import numpy as np
def plain_mean(a):
    return np.mean(a).item()
# %% wrong: a NumPy scalar
import numpy as np
def plain_mean(a):
    return np.mean(a)
# %% test
assert plain_mean([1.0, 2.0]) == 1.5
assert type(plain_mean([1.0])) is float

# %% style zero_dimensions
# The result must be an array without dimensions, not a scalar.
# %% solution
import numpy as np
def boxed(x):
    return np.array(x)
# %% right: with asarray
import numpy as np
def boxed(x):
    return np.asarray(x)
# %% wrong: a scalar
import numpy as np
def boxed(x):
    return np.float64(x)
# %% test
import numpy as np
assert isinstance(boxed(2.0), np.ndarray)
assert boxed(2.0).shape == () and boxed(2.0) == 2

# %% style array_dtype
# The test checks the dtype of an array.
# %% solution
import numpy as np
def pixel_row(n):
    return np.zeros(n, dtype=np.uint8)
# %% right: with astype
import numpy as np
def pixel_row(n):
    return np.zeros(n).astype("uint8")
# %% wrong: floats
import numpy as np
def pixel_row(n):
    return np.zeros(n)
# %% test
assert pixel_row(3).tolist() == [0, 0, 0]
assert pixel_row(3).dtype == "uint8"

# %% style read_only
# The result must be a read-only array.
# %% solution
import numpy as np
def constant(values):
    a = np.array(values)
    a.flags.writeable = False
    return a
# %% right: with setflags
import numpy as np
def constant(values):
    a = np.array(values)
    a.setflags(write=False)
    return a
# %% wrong: writeable
import numpy as np
def constant(values):
    return np.array(values)
# %% test
fixed = constant([1, 2])
assert fixed.tolist() == [1, 2]
assert not fixed.flags.writeable
try:
    fixed[0] = 5
except ValueError:
    pass
else:
    raise AssertionError("the array must be read-only")

# %% style memory_order
# The result must be an array in Fortran order.
# %% solution
import numpy as np
def columns_first(a):
    return np.asfortranarray(a)
# %% right: with order
import numpy as np
def columns_first(a):
    return np.array(a, order="F")
# %% wrong: C order
import numpy as np
def columns_first(a):
    return np.array(a, order="C")
# %% test
import numpy as np
made = columns_first(np.arange(6).reshape(2, 3))
assert made.flags["F_CONTIGUOUS"] and made[1, 0] == 3

# %% style masked_array
# The result must be a masked array.
# %% solution
import numpy as np
def hide_negative(a):
    return np.ma.masked_less(a, 0)
# %% right: with masked_where
import numpy as np
def hide_negative(a):
    a = np.asarray(a)
    return np.ma.masked_where(a < 0, a)
# %% wrong: zeros instead
import numpy as np
def hide_negative(a):
    return np.where(np.asarray(a) < 0, 0, a)
# %% test
import numpy as np
hidden = hide_negative([1, -1, 3])
assert isinstance(hidden, np.ma.MaskedArray)
assert hidden.count() == 2 and hidden.mean() == 2

# %% style matrix_product
# The result must be a np.matrix, whose * is the matrix product.
# %% solution
import numpy as np
def as_matrix(rows):
    return np.matrix(rows)
# %% right: with asmatrix
import numpy as np
def as_matrix(rows):
    return np.asmatrix(np.array(rows))
# %% wrong: an array
import numpy as np
def as_matrix(rows):
    return np.array(rows)
# %% test
m = as_matrix([[1, 1], [0, 1]])
assert (m * m).tolist() == [[1, 2], [0, 1]]

# %% style structured_array
# The result must be a structured array.
# %% solution
import numpy as np
def people_table(names, ages):
    return np.array(list(zip(names, ages)), dtype=[("name", "U10"), ("age", "i4")])
# %% right: field by field
import numpy as np
def people_table(names, ages):
    table = np.zeros(len(names), dtype=[("name", "U10"), ("age", "i4")])
    table["name"], table["age"] = names, ages
    return table
# %% wrong: without names
import numpy as np
def people_table(names, ages):
    return np.array([names, ages])
# %% test
people = people_table(["ada", "bob"], [36, 20])
assert people["age"].mean() == 28
assert people.dtype.names == ("name", "age")
