"""Load MNIST, or scikit-learn's digits when MNIST is not available.

`load_mnist` tries, in this order, its argument, the environment variable
``CNNLAB_MNIST``, Keras' cache and a download. If none of them gives MNIST, it
prints so and returns the handwritten digits that come with scikit-learn, so that
a notebook also runs offline. Only real MNIST data is ever named "MNIST".
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import time
import urllib.request
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MNIST_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
MNIST_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
PATH_VARIABLE = "CNNLAB_MNIST"

_SHAPES = {
    "x_train": (60_000, 28, 28),
    "y_train": (60_000,),
    "x_test": (10_000, 28, 28),
    "y_test": (10_000,),
}
# SHA-256 of the bytes of the four arrays, one after the other. Fashion-MNIST and
# similar data sets have MNIST's shapes: only the content tells them apart.
_ARRAYS_SHA256 = "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16"
_STALL_SECONDS = 5.0
_DOWNLOAD_SECONDS = 60.0
_UNREADABLE = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error)


class DataError(ValueError):
    """A data file is missing or damaged, or holds something else than expected."""


@dataclass(frozen=True, eq=False)
class Digits:
    """Images of handwritten digits with their labels.

    Attributes
    ----------
    x_train, x_test : ndarray of uint8, shape (n, 28, 28)
        Grey values, 0 (paper) to 255 (ink).
    y_train, y_test : ndarray of uint8, shape (n,)
        The digit in each image, 0 to 9.
    name : str
        Name of the data set: ``"MNIST"`` only for the real MNIST data.
    source : str
        The file, address or package that they were read from.
    """

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.uint8]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.uint8]
    name: str
    source: str

    def __str__(self) -> str:
        return (
            f"{self.name}: {len(self.x_train):,} training and "
            f"{len(self.x_test):,} test images, from {self.source}"
        )

    __repr__ = __str__


def load_mnist(path: str | os.PathLike[str] | None = None) -> Digits:
    """Load MNIST and print what was loaded and where from.

    Parameters
    ----------
    path : path-like, optional
        An ``.npz`` file in Keras' layout (``x_train``, ``y_train``, ``x_test``,
        ``y_test``). If omitted: the file named by ``CNNLAB_MNIST``, else Keras'
        cache, else a download into that cache, else scikit-learn's digits
        scaled to 28x28.

    Returns
    -------
    Digits
        The arrays, their ``name`` and their ``source``.

    Raises
    ------
    DataError
        If the file that is named, or the one in Keras' cache, is missing, damaged
        or has other arrays than MNIST. No other source is tried then.

    Examples
    --------
    >>> data = load_mnist()  # doctest: +SKIP
    MNIST: 60,000 training and 10,000 test images, from ~/.keras/datasets/mnist.npz
    """
    chosen_path = path or os.environ.get(PATH_VARIABLE)
    digits = read_npz(Path(chosen_path)) if chosen_path else _from_cache_or_download()
    print(digits)
    return digits


def read_npz(path: Path) -> Digits:
    """Read a file in Keras' layout and check its arrays.

    Parameters
    ----------
    path : Path
        The ``.npz`` file. It may be compressed differently from Keras' file.

    Returns
    -------
    Digits
        Named ``"MNIST"`` if the arrays hold MNIST's data, and after the file
        otherwise.

    Raises
    ------
    DataError
        If the file is missing or damaged, or an array has another shape, dtype
        or range than MNIST's.
    """
    return _parse(_read_bytes(path), path)


def scikit_learn_digits() -> Digits:
    """Return scikit-learn's 1,797 handwritten digits, scaled from 8x8 to 28x28.

    Grey values 0-16 become 0-255, with linear interpolation between pixels.
    The first 1,437 images are for training and the last 360 for testing.

    Returns
    -------
    Digits
        New arrays in each call, so that the caller may change them.
    """
    # Imported here, because scikit-learn and SciPy are slow to import.
    from cnnlab import digits

    x, y = digits.PICTURES.copy(), digits.LABELS.copy()
    name = "scikit-learn's digits (scaled to 28x28, not MNIST)"
    return Digits(x[:1437], y[:1437], x[1437:], y[1437:], name, "scikit-learn")


def cache_path() -> Path:
    """Return the path of Keras' copy of MNIST, whether or not it exists."""
    keras_home = os.environ.get("KERAS_HOME")
    folder = Path(keras_home) if keras_home else _expand_home("~/.keras")
    return folder / "datasets" / "mnist.npz"


def _from_cache_or_download() -> Digits:
    cached = cache_path()
    if _is_file(cached):
        return _read_cached(cached)
    try:
        content = fetch(MNIST_URL, MNIST_SHA256)
    except (OSError, DataError) as error:
        print(f"MNIST is not on this computer and could not be downloaded ({error}).")
        print("Using scikit-learn's digits instead: no result below is for MNIST.")
        print(f"To use MNIST, set {PATH_VARIABLE} to the path of an mnist.npz file.")
        return scikit_learn_digits()
    _save_to_cache(content, cached)
    return _parse(content, MNIST_URL)


def _read_cached(path: Path) -> Digits:
    content = _read_bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    if digest != MNIST_SHA256:
        raise _data_error(
            path,
            f"has SHA-256 {digest[:12]}..., not {MNIST_SHA256[:12]}...: it is "
            "truncated or changed",
            "Delete it and load again; or, if you trust it, set "
            f"{PATH_VARIABLE} to its path.",
        )
    return _parse(content, path)


def fetch(url: str, sha256: str) -> bytes:
    """Download a file into memory and check its checksum.

    Parameters
    ----------
    url : str
        Address of the file.
    sha256 : str
        Checksum of the whole file, in hexadecimal.

    Returns
    -------
    bytes
        The content of the file.

    Raises
    ------
    OSError
        If the server cannot be reached, sends nothing for 5 s or takes over 60 s.
    DataError
        If the content has another checksum, for example because it is a log-in
        page.
    """
    deadline = time.monotonic() + _DOWNLOAD_SECONDS
    content = io.BytesIO()
    # S310: the address is a constant of this module, not a user's input.
    with urllib.request.urlopen(url, timeout=_STALL_SECONDS) as response:  # noqa: S310
        while chunk := response.read(1 << 16):
            content.write(chunk)
            if time.monotonic() > deadline:
                raise TimeoutError(f"it took over {_DOWNLOAD_SECONDS:.0f} s")
    if hashlib.sha256(content.getvalue()).hexdigest() != sha256:
        raise DataError("the downloaded file has a wrong checksum")
    return content.getvalue()


def _expand_home(path: Path | str) -> Path:
    """Expand ``~`` if the home folder is known."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _is_file(path: Path) -> bool:
    """Return whether `path` is a file; False if its folder may not be read."""
    try:
        return path.is_file()
    except OSError:
        return False


def _read_bytes(path: Path) -> bytes:
    try:
        return _expand_home(path).read_bytes()
    except OSError as error:
        raise _data_error(path, f"cannot be opened ({error.strerror})") from error


def _save_to_cache(content: bytes, path: Path) -> None:
    """Write the whole file or nothing; only print a line if that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            draft = Path(folder, path.name)
            draft.write_bytes(content)
            draft.replace(path)
    except OSError as error:
        print(f"MNIST was downloaded but not saved to {path}: {error.strerror}.")
        print("It will be downloaded again next time.")


def _parse(content: bytes, source: Path | str) -> Digits:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
    except (
        *_UNREADABLE,
        AttributeError,
        TypeError,
    ) as error:  # the last two: a .npy file
        raise _data_error(source, "is not a complete .npz archive of arrays") from error
    if problem := _first_problem(arrays):
        raise _data_error(source, problem)
    expected = {key: arrays[key] for key in _SHAPES}
    name = _name(expected.values(), source)
    return Digits(**expected, name=name, source=str(source))


def _first_problem(arrays: Mapping[str, NDArray[np.generic]]) -> str | None:
    """Describe the first array that is missing or wrong; None if all are right."""
    for key, shape in _SHAPES.items():
        if key not in arrays:
            return f"has no array {key}, only {sorted(arrays)}"
        array = arrays[key]
        if array.shape != shape:
            return f"has {key} of shape {array.shape}, not {shape}"
        if array.dtype != np.uint8:
            return f"has {key} of type {array.dtype}, not uint8"
        if key.startswith("y") and int(array.max()) > 9:
            return f"has labels up to {array.max()} in {key}, not 0 to 9"
    return None


def _name(arrays: Iterable[NDArray[np.uint8]], source: Path | str) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(array.tobytes())
    if digest.hexdigest() == _ARRAYS_SHA256:
        return "MNIST"
    return f"{Path(source).name} (shapes as in MNIST, other content)"


def _data_error(
    source: Path | str,
    problem: str,
    next_step: str = (
        f"Name another file, or remove the path (and {PATH_VARIABLE}) to find or "
        "download MNIST."
    ),
) -> DataError:
    return DataError(f"{source} {problem}. No data was loaded. {next_step}")


__all__ = [
    "MNIST_SHA256",
    "MNIST_URL",
    "PATH_VARIABLE",
    "DataError",
    "Digits",
    "cache_path",
    "fetch",
    "load_mnist",
    "read_npz",
    "scikit_learn_digits",
]
