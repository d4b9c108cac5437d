"""Sealed parts of the ledger on disk: arrays in NumPy's own file format, known by their SHA-256."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hadrill.harness.errors import HarnessTrouble


@dataclass(frozen=True, slots=True)
class Segment:
    """A file of the run's folder that never changes again.

    Attributes:
        file: relative to the run's folder.
        sha256: of the whole file.
        rows: operations or keys in it.
    """

    file: str
    sha256: str
    rows: int


def seal(folder: Path, file: str, rows: NDArray[Any]) -> Segment:
    """Write the array to a file of the run's folder, readable by its owner alone."""
    path = folder / file
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as out:
        path.chmod(0o600)
        np.save(out, rows, allow_pickle=False)
    return Segment(file, _sha256(path), len(rows))


def unseal(folder: Path, segment: Segment) -> NDArray[Any]:
    """Read a segment back; the array cannot be written to.

    The file is read once: what is handed out is what was hashed.

    Raises:
        HarnessTrouble: it is missing, its content is not what was sealed, or is no array.
    """
    path = folder / segment.file
    if not path.is_file():
        raise HarnessTrouble(f"the segment {path} that the journal names is missing")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != segment.sha256:
        raise HarnessTrouble(f"the segment {path} was changed: the journal says sha256 {segment.sha256}, found {found}")
    try:
        return _array(content)
    except ValueError as error:
        raise HarnessTrouble(f"the segment {path} is no NumPy array, as the journal has it: {error}") from error


def _array(content: bytes) -> NDArray[Any]:
    """An array in NumPy's file format, version 1.0, which ``seal`` writes."""
    file = io.BytesIO(content)
    np.lib.format.read_magic(file)
    shape, _fortran_order, dtype = np.lib.format.read_array_header_1_0(file)
    return np.frombuffer(content, dtype=dtype, offset=file.tell()).reshape(shape)


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
