"""A Python script with the notebook's name."""


def mangle(notebook):
    return b"import numpy as np\n\ndef mean_of(values):\n    return np.mean(values)\n"
