"""Train classifiers of MNIST side by side: accuracies, times and sizes.

Run from the root of the repository::

    .venv/bin/python -m benchmarks.mnist [--seeds 1 2 3] [--models own small]

``lab`` takes models and training from the lab's cells, ``training`` trains them, and
``table`` makes the table and the comparison. The real MNIST is needed: if it cannot be
downloaded, set CNNLAB_MNIST to the path of its file.
"""
