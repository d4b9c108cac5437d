"""Removal of a whole folder, quickly even on a busy disk."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

_AT_ONCE: Final = 16


def remove_folder(folder: Path, last: str = "") -> None:
    """Remove a folder with all that is in it; what cannot be removed is left.

    Each large file's removal may wait for the file system's next commit, so they wait side by side.

    Args:
        last: name of a file in it that goes when there is nothing else.
    """
    files = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        list(pool.map(_remove_file, (path for path in files if path != folder / last)))
    for below in folder.glob("*/"):
        shutil.rmtree(below, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_file(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # rmtree tries again and leaves what cannot go
