"""The code that makes the numbers on the page, with marks for what depends on it.

``<name>`` stands for the text of this name here, by the value of the state where there
are several, or for a value that the page knows.
"""

from __future__ import annotations

__all__ = ["CODE"]

_PICTURE = '''\
pattern = np.array(<cells>, float)
kernel = np.array(<weights>, float)
blur = np.outer([1, 2, 1], [1, 2, 1]) / 16


def picture(down, right):
    """Put the pattern on zeros; what lies outside is cut off."""
    x = np.zeros((40, 40))
    height, width = pattern.shape
    x[down + 3:, right + 3:][:height, :width] = pattern
    return x[:12, :14]
'''
_COMPARED = """\
before, after = network(picture(0, 0)), network(picture(<down>, <right>))
# Moved along by whole cells; 0 where it is compared as it was
before = np.pad(before, ((<lower>, 0), (<later>, 0)))
before = before[:after.shape[0], :after.shape[1]]
<measure>
"""
_MEASURES = {
    "changed": """\
counted = (abs(before) > 0.001) | (abs(after) > 0.001)
changed = abs(after - before) > 0.001
measure = changed.sum() / max(counted.sum(), 1)""",
    "amount": """\
above = abs(after - before).sum()
measure = above and above / abs(before).sum()""",
    "cosine": """\
lengths = np.linalg.norm(before) * np.linalg.norm(after)
zeros = not before.any() and not after.any()
measure = 1 if zeros else (before * after).sum() / lengths""",
}
_NUMPY = f'''\
import numpy as np

view = np.lib.stride_tricks.sliding_window_view
{_PICTURE}

def convolve(x, kernel):
    return (view(np.pad(x, 1), (3, 3)) * kernel).sum((2, 3))


def windows(x, k, s):
    """Return all windows of "same" padding; NaN stands for padding."""
    totals = [max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape]
    sides = [(total // 2, total - total // 2) for total in totals]
    return view(np.pad(x, sides, constant_values=np.nan), (k, k))[::s, ::s]


def network(x):
    for stage in range(<stages>):
        x = convolve(x, kernel)
        <relu>
        <kind>
    return <last>


{_COMPARED}numpy_output = after
print(after, measure)
'''
_KERAS = f"""\
import keras
import numpy as np

{_PICTURE}

def conv(x, kernel):
    kernel = np.float32(kernel[:, :, None, None])
    return keras.ops.conv(x, kernel, padding="same")


def network(x):
    x = np.float32(x[None, :, :, None])
    for stage in range(<stages>):
        x = conv(x, kernel)
        <relu>
        <kind>
    return keras.ops.convert_to_numpy(<last>)[0, :, :, 0]


{_COMPARED}keras_output = after
print(after, measure)
"""

CODE = {
    "NumPy": {
        "text": _NUMPY,
        "relu": {"true": "x = np.maximum(x, 0)", "false": "# no ReLU"},
        "kind": {
            "none": "# no pooling",
            "max": "x = np.nanmax(windows(x, <size>, <stride>), (2, 3))",
            "average": "x = np.nanmean(windows(x, <size>, <stride>), (2, 3))",
            "stride": "x = x[::<stride>, ::<stride>]",
            "blur": "x = convolve(np.nanmax(windows(x, <size>, 1), (2, 3)), blur)\n"
            "        x = x[::<stride>, ::<stride>]",
            "global": "# pooling comes last",
        },
        "measure": _MEASURES,
        "global": "x.mean(keepdims=True)",
    },
    "Keras": {
        "text": _KERAS,
        "relu": {"true": "x = keras.ops.relu(x)", "false": "# no ReLU"},
        "kind": {
            "none": "# no pooling",
            "max": 'x = keras.ops.max_pool(x, <size>, <stride>, "same")',
            "average": 'x = keras.ops.average_pool(x, <size>, <stride>, "same")',
            "stride": "x = x[:, ::<stride>, ::<stride>]",
            "blur": 'x = conv(keras.ops.max_pool(x, <size>, 1, "same"), blur)\n'
            "        x = x[:, ::<stride>, ::<stride>]",
            "global": "# pooling comes last",
        },
        "measure": _MEASURES,
        "global": "keras.ops.mean(x, (1, 2), keepdims=True)",
    },
}
