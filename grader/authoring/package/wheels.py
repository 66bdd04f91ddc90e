"""Make the wheel of a distribution that no registry has.

A distribution that is used from its source folder is built there. One that was
installed from a folder, a file or a repository is packed from its installed files.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from grader.errors import UsageError

# How a distribution was installed; not part of its wheel.
_INSTALLATION = {
    "INSTALLER",
    "RECORD",
    "REQUESTED",
    "direct_url.json",
    "uv_build.json",
    "uv_cache.json",
}
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an installed distribution comes from.

    Attributes
    ----------
    name, version : str
        The name and version of the distribution.
    is_local : bool
        Whether it comes from a folder, a file or a repository, not from a registry.
    source : Path or None
        Its source folder, if it was installed in editable mode.
    """

    name: str
    version: str
    is_local: bool
    source: Path | None = None


def origin_of(name: str) -> Origin:
    """Return where an installed distribution comes from.

    Raises
    ------
    UsageError
        It is not installed.
    """
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise UsageError(
            f"{name} is not installed as a distribution; install it with pip"
        ) from None
    source = _source_folder(distribution)
    url = distribution.read_text("direct_url.json")
    return Origin(distribution.name, distribution.version, bool(url or source), source)


def _source_folder(distribution: metadata.Distribution) -> Path | None:
    """Return the folder with the project file of an editable distribution."""
    about = json.loads(distribution.read_text("direct_url.json") or "{}")
    if not about.get("dir_info", {}).get("editable"):
        return None
    for module in _modules_of(distribution):
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:
            continue
        package = Path(spec.origin).parent
        for folder in (package, package.parent):
            if _project_name(folder) == distribution.name:
                return folder
    return None


def _modules_of(distribution: metadata.Distribution) -> Iterator[str]:
    """Yield modules that an editable distribution may hold: no list of them exists."""
    yield from {entry.module.partition(".")[0] for entry in distribution.entry_points}
    yield distribution.name.replace("-", "_")


def distribution_of(module: str) -> str:
    """Return the distribution that holds a top-level module; empty if none does."""
    providers = _providers().get(module, ())
    if providers:
        return str(providers[0])
    try:
        # A distribution in editable mode does not list its modules.
        return metadata.distribution(module).name
    except (metadata.PackageNotFoundError, ValueError):
        return ""


@lru_cache(maxsize=1)
def _providers() -> Mapping[str, Sequence[str]]:
    return metadata.packages_distributions()


def _project_name(folder: Path) -> str:
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(project.get("project", {}).get("name", ""))


def make_wheel(origin: Origin, folder: Path) -> Path:
    """Write the wheel of a distribution into a folder; return its path.

    Raises
    ------
    UsageError
        It cannot be built here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if origin.source is not None:
        return _build(origin, folder)
    return repack(metadata.distribution(origin.name), folder)


def _build(origin: Origin, folder: Path) -> Path:
    before = set(folder.glob("*.whl"))
    failed = ""
    for command in _builders(origin, folder):
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            failed = f"{command[0]} was stopped after {_SECONDS:g} s"
            continue
        if done.returncode == 0:
            (wheel,) = set(folder.glob("*.whl")) - before
            return wheel
        failed = done.stderr.strip()[-1000:]
    raise UsageError(
        f"{origin.source}: no wheel of {origin.name} can be built: {failed}\nInstall "
        f"{origin.name} with pip, not in editable mode, and try again."
    )


def _builders(origin: Origin, folder: Path) -> Iterator[list[str]]:
    """Yield commands that may build a wheel; the first ones need no network."""
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    build = ["build", "--wheel", "--out-dir", str(folder), str(origin.source)]
    if uv:
        yield [uv, "--quiet", "--offline", *build]
        yield [uv, "--quiet", *build]
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir"]
    yield [*pip, str(folder), str(origin.source)]


def repack(distribution: metadata.Distribution, folder: Path) -> Path:
    """Pack the files of an installed distribution into a wheel.

    Parameters
    ----------
    distribution
        An installed distribution, not in editable mode.
    folder
        The folder in which the wheel is written.

    Raises
    ------
    UsageError
        It was not installed from a wheel.
    """
    stem = f"{distribution.name.replace('-', '_')}-{distribution.version}"
    path = folder / f"{stem}-{_tags(distribution)}.whl"
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in _contents(distribution, stem):
            wheel.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
            record.append(f"{name},sha256={digest.decode().rstrip('=')},{len(content)}")
        listing = f"{stem}.dist-info/RECORD"
        wheel.writestr(listing, "\n".join([*record, f"{listing},,", ""]))
    return path


def _tags(distribution: metadata.Distribution) -> str:
    """Return the tags in the name of its wheel, such as ``py2.py3-none-any``."""
    lines = (distribution.read_text("WHEEL") or "").splitlines()
    tags = [line.removeprefix("Tag:").strip() for line in lines if line[:4] == "Tag:"]
    if not tags:
        raise UsageError(
            f"{distribution.name} was not installed from a wheel, so it cannot be "
            "packed; install it again with pip"
        )
    kinds = zip(*(tag.split("-") for tag in tags), strict=True)
    return "-".join(".".join(dict.fromkeys(kind)) for kind in kinds)


def _contents(
    distribution: metadata.Distribution, stem: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a wheel, without scripts: pip makes these when it installs."""
    prefix = Path(sys.prefix).resolve()
    for file in distribution.files or ():
        path = Path(str(file.locate())).resolve()
        if "__pycache__" in file.parts or file.name in _INSTALLATION:
            continue
        name = file.as_posix()
        if name.startswith(".."):
            below = path.relative_to(prefix)
            if below.parts[0] in ("bin", "Scripts"):
                continue
            name = f"{stem}.data/data/{below.as_posix()}"
        yield name, path.read_bytes()


__all__ = ["Origin", "distribution_of", "make_wheel", "origin_of", "repack"]
