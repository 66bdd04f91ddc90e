"""Loading MNIST: order of sources, errors, names. Real files, a real local server."""

from __future__ import annotations

import functools
import hashlib
import http.server
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnlab import data
from tests.support.paths import MNIST as REAL

CLOSED = "http://127.0.0.1:9/mnist.npz"


@pytest.fixture(autouse=True)
def offline_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty Keras home and no download address that works."""
    home = tmp_path / "keras-home"
    monkeypatch.setenv("KERAS_HOME", str(home))
    monkeypatch.delenv(data.PATH_VARIABLE, raising=False)
    monkeypatch.setattr(data, "MNIST_URL", CLOSED)
    return home


def arrays_like_mnist() -> dict[str, np.ndarray[Any, Any]]:
    rng = np.random.default_rng(5)
    return {
        "x_train": np.broadcast_to(
            rng.integers(0, 256, (28, 28), np.uint8), (60_000, 28, 28)
        ),
        "y_train": rng.integers(0, 10, 60_000, np.uint8),
        "x_test": np.broadcast_to(np.uint8(7), (10_000, 28, 28)),
        "y_test": rng.integers(0, 10, 10_000, np.uint8),
    }


def save(path: Path, **changes: Any) -> Path:
    arrays = {**arrays_like_mnist(), **changes}
    present: dict[str, Any] = {k: v for k, v in arrays.items() if v is not None}
    np.savez_compressed(path, **present)
    return path


@pytest.fixture(scope="module")
def lookalike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("data") / "lookalike.npz")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve a folder on the loopback address."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory=str(folder)
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", folder
        httpd.shutdown()
        thread.join()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(not REAL.is_file(), reason="the real MNIST is not on this disk")
def test_the_real_file_is_called_mnist(capsys: pytest.CaptureFixture[str]) -> None:
    digits = data.load_mnist(REAL)
    assert digits.name == "MNIST"
    assert np.bincount(digits.y_train)[:3].tolist() == [5923, 6742, 5958]
    assert digits.y_test[:4].tolist() == [7, 2, 1, 0]
    assert capsys.readouterr().out == (
        f"MNIST: 60,000 training and 10,000 test images, from {REAL}\n"
    )


def test_the_same_shapes_with_other_content_are_not_called_mnist(
    lookalike: Path,
) -> None:
    digits = data.load_mnist(lookalike)
    assert digits.name.startswith("lookalike.npz")
    assert digits.x_train.shape == (60_000, 28, 28)


def test_the_environment_variable_names_a_file(
    lookalike: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.PATH_VARIABLE, str(lookalike))
    assert data.load_mnist().source == str(lookalike)


def test_the_argument_is_preferred_to_the_environment(
    lookalike: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.PATH_VARIABLE, "/nowhere.npz")
    assert data.load_mnist(lookalike).source == str(lookalike)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"y_test": None}, "no array y_test"),
        ({"x_train": np.zeros((59_999, 28, 28), np.uint8)}, r"\(59999, 28, 28\)"),
        ({"x_test": np.zeros((10_000, 28, 28, 1), np.uint8)}, "x_test of shape"),
        ({"y_train": np.zeros(60_000, np.int64)}, "y_train of type int64"),
        ({"y_test": np.full(10_000, 10, np.uint8)}, "labels up to 10 in y_test"),
        ({"y_test": np.full(10_000, "1", object)}, "not a complete .npz"),
    ],
)
def test_wrong_arrays_are_refused(
    tmp_path: Path, changes: dict[str, Any], complaint: str
) -> None:
    path = save(tmp_path / "wrong.npz", **changes)
    with pytest.raises(data.DataError, match=complaint) as refusal:
        data.load_mnist(path)
    assert str(path) in str(refusal.value)
    assert "Name another file" in str(refusal.value)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_a_truncated_file_is_refused(
    tmp_path: Path, lookalike: Path, share: float
) -> None:
    whole = lookalike.read_bytes()
    path = tmp_path / "truncated.npz"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(data.DataError, match=r"not a complete \.npz"):
        data.load_mnist(path)


def test_a_flipped_byte_is_refused(tmp_path: Path, lookalike: Path) -> None:
    content = bytearray(lookalike.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path = tmp_path / "flipped.npz"
    path.write_bytes(content)
    with pytest.raises(data.DataError, match=r"not a complete \.npz"):
        data.load_mnist(path)


def test_a_single_array_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.zeros(3))
    with pytest.raises(data.DataError, match=r"not a complete \.npz"):
        data.load_mnist(tmp_path / "one.npy")


def test_a_missing_file_is_refused_and_no_other_source_is_tried(
    tmp_path: Path,
) -> None:
    with pytest.raises(data.DataError, match="No such file"):
        data.load_mnist(tmp_path / "gone.npz")


def test_a_cached_file_with_another_checksum_is_refused(lookalike: Path) -> None:
    cached = data.cache_path()
    cached.parent.mkdir(parents=True)
    cached.write_bytes(lookalike.read_bytes())
    with pytest.raises(data.DataError, match="Delete it and load again"):
        data.load_mnist()


def test_the_cache_is_used_when_its_checksum_is_right(
    lookalike: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = data.cache_path()
    cached.parent.mkdir(parents=True)
    cached.write_bytes(lookalike.read_bytes())
    monkeypatch.setattr(data, "MNIST_SHA256", sha256(lookalike))
    assert data.load_mnist().source == str(cached)


def test_a_download_is_checked_and_cached(
    lookalike: Path, server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, folder = server
    (folder / "mnist.npz").write_bytes(lookalike.read_bytes())
    monkeypatch.setattr(data, "MNIST_URL", f"{url}/mnist.npz")
    monkeypatch.setattr(data, "MNIST_SHA256", sha256(lookalike))
    assert data.load_mnist().source == f"{url}/mnist.npz"
    assert [p.name for p in data.cache_path().parent.iterdir()] == ["mnist.npz"]
    assert sha256(data.cache_path()) == sha256(lookalike)


def test_a_download_that_cannot_be_cached_is_still_used(
    lookalike: Path,
    server: tuple[str, Path],
    offline_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, folder = server
    (folder / "mnist.npz").write_bytes(lookalike.read_bytes())
    offline_home.write_text("a file where a folder should be")
    monkeypatch.setattr(data, "MNIST_URL", f"{url}/mnist.npz")
    monkeypatch.setattr(data, "MNIST_SHA256", sha256(lookalike))
    assert data.load_mnist().x_test.shape == (10_000, 28, 28)
    assert "not saved to" in capsys.readouterr().out


def test_a_login_page_is_not_taken_for_data(
    server: tuple[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, folder = server
    (folder / "mnist.npz").write_text("<html>Please log in</html>")
    monkeypatch.setattr(data, "MNIST_URL", f"{url}/mnist.npz")
    assert data.load_mnist().source == "scikit-learn"
    assert "wrong checksum" in capsys.readouterr().out
    assert not data.cache_path().exists()


def test_a_slow_download_is_given_up(
    server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, folder = server
    drops = folder / "drops"
    drops.write_bytes(b"drip")
    monkeypatch.setattr(data, "_DOWNLOAD_SECONDS", 0.0)
    with pytest.raises(TimeoutError, match="took over 0 s"):
        data.fetch(f"{url}/drops", sha256(drops))


def test_a_server_that_never_answers_is_given_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(data, "MNIST_URL", f"http://127.0.0.1:{port}/mnist.npz")
        monkeypatch.setattr(data, "_STALL_SECONDS", 0.1)
        assert data.load_mnist().source == "scikit-learn"
    assert "timed out" in capsys.readouterr().out


def test_offline_the_digits_are_not_named_mnist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    digits = data.load_mnist()
    printed = capsys.readouterr().out
    assert digits.name != "MNIST"
    assert digits.name.startswith("scikit-learn's digits")
    assert "could not be downloaded" in printed
    assert "no result below is for MNIST" in printed
    assert digits.name in printed


def test_the_digits_have_shapes_and_types_as_mnist() -> None:
    digits = data.scikit_learn_digits()
    assert digits.x_train.shape == (1437, 28, 28)
    assert digits.x_test.shape == (360, 28, 28)
    for x, y in ((digits.x_train, digits.y_train), (digits.x_test, digits.y_test)):
        assert x.dtype == y.dtype == np.uint8
        assert len(x) == len(y)
        assert (x.min(), x.max()) == (0, 255)
        assert set(y.tolist()) == set(range(10))


def test_changing_the_digits_changes_no_later_copy() -> None:
    changed = data.scikit_learn_digits()
    for array in (changed.x_train, changed.y_train, changed.x_test, changed.y_test):
        array[:] = 77
    again = data.scikit_learn_digits()
    assert not np.any(again.y_train == 77)
    assert again.x_test.max() == 255


def test_scaling_keeps_the_ink_in_its_place() -> None:
    from sklearn.datasets import load_digits

    small = load_digits().images[:50]
    large = data.scikit_learn_digits().x_train[:50].astype(float)
    rows_small = (small.sum(2) @ (np.arange(8) + 0.5)) / small.sum((1, 2)) / 8
    rows_large = (large.sum(2) @ (np.arange(28) + 0.5)) / large.sum((1, 2)) / 28
    np.testing.assert_allclose(rows_large, rows_small, atol=0.02)


def test_importing_the_loader_imports_nothing_heavy() -> None:
    heavy = "tensorflow", "keras", "sklearn", "scipy", "grader"
    program = (
        "import sys, cnnlab.data;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
