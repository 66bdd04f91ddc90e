"""What a notebook runs on: processor or GPU, and the versions of what it uses."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

SHOWN = {"TensorFlow": "tensorflow", "Keras": "keras", "NumPy": "numpy"}

__all__ = ["describe_runtime"]


def describe_runtime() -> str:
    """Import TensorFlow, and say what it runs on.

    Whether there is a GPU is TensorFlow's own finding. What it writes to the error
    stream while it is imported, a dozen lines on a laptop without one, is kept back
    unless the import fails.

    Returns
    -------
    str
        For example ``CPU, TensorFlow 2.21.0, Keras 3.15.1, NumPy 2.4.6``.

    Raises
    ------
    ImportError
        If TensorFlow is not installed, with the command that installs it.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with _held_back():
            import tensorflow as tf

            gpus = tf.config.list_physical_devices("GPU")
    except ModuleNotFoundError as error:
        raise ImportError(
            f"{error}; this course needs TensorFlow: pip install 'tensorflow~=2.21.0'"
        ) from error
    return ", ".join(["GPU" if gpus else "CPU", *_versions()])


def _versions() -> Iterator[str]:
    for name, package in SHOWN.items():
        with contextlib.suppress(PackageNotFoundError):
            yield f"{name} {version(package)}"


@contextlib.contextmanager
def _held_back() -> Iterator[None]:
    """Hold back what is written to descriptor 2; show it after an exception."""
    sys.stderr.flush()
    before = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(before, held.read())
            raise
        finally:
            os.dup2(before, 2)
            os.close(before)
