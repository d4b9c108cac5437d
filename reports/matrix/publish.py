"""The matrix in its folder: ``matrix.json`` and ``matrix.html``, each written at one stroke."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hadrill.reports.files import write_private
from hadrill.reports.matrix.page import page
from hadrill.reports.matrix.schema import Matrix

MATRIX: Final = "matrix.json"
PAGE: Final = "matrix.html"


def publish_matrix(folder: Path, matrix: Matrix) -> Mapping[str, Path]:
    """Write both, in place of older ones; returns where they are, by name.

    Raises:
        OSError: one could not be written.
    """
    return {
        "matrix": write_private(folder / MATRIX, matrix.model_dump_json(indent=2) + "\n"),
        "page": write_private(folder / PAGE, page(matrix)),
    }
