"""A change of somebody who tries what a drill notices: a function that is called before anything is served."""

from importlib.util import module_from_spec, spec_from_file_location


def make_change(change: str) -> None:
    """Load the file and call the function, without arguments; it changes what it will of this program.

    Args:
        change: ``/folder/file.py:function``.

    Raises:
        Exception: whatever the file or the function raises; the manager ends then, and its log says why.
    """
    path, _, name = change.rpartition(":")
    spec = spec_from_file_location("own_change", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file, so that {name} cannot be called")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    getattr(module, name)()
