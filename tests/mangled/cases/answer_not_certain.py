"""The answer cell replaced by a cell that may be one, under another name."""


def mangle(notebook):
    notebook["cells"][find(notebook, "mean")] = {
        "cell_type": "code",
        "source": "def my_mean(numbers):\n    return sum(numbers) / len(numbers)",
    }
    return notebook
