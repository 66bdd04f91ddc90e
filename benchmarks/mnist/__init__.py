"""Train classifiers of MNIST side by side: accuracies, times and sizes.

Run from the root of the repository::

    .venv/bin/python -m benchmarks.mnist [--seeds 1 2 3] [--models own small]

``lab`` takes models and training from the lab's own cells, ``training`` trains them,
and ``table`` prints and compares. Needs the real MNIST: name its file in
CNNLAB_MNIST where it cannot be downloaded.
"""
