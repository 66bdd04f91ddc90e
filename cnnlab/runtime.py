"""Describe what a notebook runs on: CPU or GPU, and the versions of its packages."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

PACKAGES = {"TensorFlow": "tensorflow", "Keras": "keras", "NumPy": "numpy"}

__all__ = ["describe_runtime"]


def describe_runtime() -> str:
    """Import TensorFlow and describe what it runs on.

    TensorFlow itself is asked for a GPU. On a computer without one, its import prints
    a dozen lines of warnings; they are shown only if the import fails.

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
        with _stderr_hidden():
            import tensorflow as tf

            gpus = tf.config.list_physical_devices("GPU")
    except ModuleNotFoundError as error:
        raise ImportError(
            f"{error}; this course needs TensorFlow: pip install 'tensorflow~=2.21.0'"
        ) from error
    return ", ".join(["GPU" if gpus else "CPU", *_versions()])


def _versions() -> Iterator[str]:
    for name, package in PACKAGES.items():
        with contextlib.suppress(PackageNotFoundError):
            yield f"{name} {version(package)}"


@contextlib.contextmanager
def _stderr_hidden() -> Iterator[None]:
    """Hide what is written to file descriptor 2; show it after an exception."""
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
