"""Files of a run's folder: written at one stroke, readable by their owner alone."""

from pathlib import Path


def write_private(path: Path, content: str | bytes) -> Path:
    """Write a file under a passing name, then give it its own; an older one is replaced. Text is UTF-8."""
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    partial.write_bytes(content.encode() if isinstance(content, str) else content)
    return partial.replace(path)
