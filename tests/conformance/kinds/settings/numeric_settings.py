# Settings of NumPy, decimal and Matplotlib.

# %% style errstate_raise
# The test makes NumPy raise floating-point errors.
# sample: yes
# %% solution
import numpy as np
def safe_ratio(a, b):
    return np.divide(a, b, out=np.zeros_like(a), where=b != 0)
# %% right: with masks
import numpy as np
def safe_ratio(a, b):
    result = np.zeros_like(a)
    result[b != 0] = a[b != 0] / b[b != 0]
    return result
# %% wrong: divides first
import numpy as np
def safe_ratio(a, b):
    return np.where(b != 0, a / b, 0.0)
# %% test
import numpy as np
with np.errstate(all="raise"):
    got = safe_ratio(np.array([1.0, 2.0]), np.array([2.0, 0.0]))
np.testing.assert_array_equal(got, [0.5, 0.0])

# %% style errstate_ignore
# The test makes NumPy ignore errors, so that nothing is written to standard error.
# %% solution
import numpy as np
def log_of(a):
    return np.log(a)
# %% right: with logaddexp
import numpy as np
def log_of(a):
    return np.logaddexp(np.log(a), -np.inf)
# %% wrong: another base
import numpy as np
def log_of(a):
    return np.log10(a)
# %% test
import numpy as np
with np.errstate(divide="ignore", invalid="ignore"):
    logs = log_of(np.array([0.0, 1.0, np.e]))
assert np.isneginf(logs[0])
assert np.allclose(logs[1:], [0, 1])

# %% style seterr_global
# The test calls np.seterr, which must hold for the answer.
# %% solution
import numpy as np
def mean_or_zero(a):
    return a.sum() / len(a) if len(a) else 0.0
# %% right: with np.mean
import numpy as np
def mean_or_zero(a):
    return float(np.mean(a)) if a.size else 0.0
# %% wrong: divides by zero
import numpy as np
def mean_or_zero(a):
    return np.nan_to_num(a.sum() / np.float64(len(a)))
# %% test
import numpy as np
kept_err = np.seterr(all="raise")
try:
    assert mean_or_zero(np.array([1.0, 3.0])) == 2
    assert mean_or_zero(np.array([])) == 0
finally:
    np.seterr(**kept_err)

# %% style decimal_precision
# The test sets the precision of the decimal context.
# sample: yes
# %% solution
from decimal import Decimal
def third(n):
    return Decimal(n) / 3
# %% right: with Decimal(3)
from decimal import Decimal
def third(n):
    return Decimal(n) / Decimal(3)
# %% wrong: from a float
from decimal import Decimal
def third(n):
    return Decimal(str(n / 3))
# %% test
import decimal
with decimal.localcontext() as context:
    context.prec = 5
    assert str(third(1)) == "0.33333"

# %% style decimal_rounding
# The test sets the rounding of the decimal context.
# %% solution
from decimal import Decimal
def to_cents(amount):
    return Decimal(amount).quantize(Decimal("0.01"))
# %% right: in cents
from decimal import Decimal
def to_cents(amount):
    return (Decimal(amount) * 100).to_integral_value() / 100
# %% wrong: always rounds half up
from decimal import ROUND_HALF_UP, Decimal
def to_cents(amount):
    return Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
# %% test
import decimal
with decimal.localcontext() as context:
    context.rounding = decimal.ROUND_DOWN
    assert to_cents("1.999") == decimal.Decimal("1.99")

# %% style decimal_traps
# The test sets a trap of the decimal context.
# %% solution
from decimal import Decimal
def exact_half(n):
    return Decimal(n) * Decimal("0.5")
# %% right: a division
from decimal import Decimal
def exact_half(n):
    return Decimal(n) / 2
# %% wrong: from a float
from decimal import Decimal
def exact_half(n):
    return Decimal(n / 2)
# %% test
import decimal
with decimal.localcontext() as context:
    context.traps[decimal.FloatOperation] = True
    assert exact_half(3) == decimal.Decimal("1.5")

# %% style print_options
# The test sets NumPy's print options, which the string of an array follows.
# %% solution
import numpy as np
def shown(a):
    return str(np.asarray(a))
# %% right: with array2string
import numpy as np
def shown(a):
    return np.array2string(np.asarray(a))
# %% wrong: as a list
def shown(a):
    return str(list(a))
# %% test
import numpy as np
with np.printoptions(precision=2):
    assert shown([1.23456, 2.0]) == "[1.23 2.  ]"

# %% style int_digits
# The test removes the limit for the digits of an int.
# %% solution
def digits_of(n):
    return len(str(n))
# %% right: by a loop
def digits_of(n):
    return sum(1 for _ in str(n))
# %% wrong: by logarithm
import math
def digits_of(n):
    return math.ceil(math.log10(n))
# %% test
import sys
kept_digits = sys.get_int_max_str_digits()
sys.set_int_max_str_digits(0)
try:
    assert digits_of(10**5000) == 5001
finally:
    sys.set_int_max_str_digits(kept_digits)

# %% style default_figure_size
# The test sets Matplotlib's default figure size.
# %% solution
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def blank_figure():
    return plt.figure()
# %% right: with subplots
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def blank_figure():
    return plt.subplots()[0]
# %% wrong: its own size
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def blank_figure():
    return plt.figure(figsize=(6, 4))
# %% test
import matplotlib.pyplot as plt
with plt.rc_context({"figure.figsize": (3, 2)}):
    size = blank_figure().get_size_inches().tolist()
plt.close("all")
assert size == [3, 2]
