"""The table of faults, for a terminal."""

from collections.abc import Iterable

from rich.table import Table

from hadrill.harness.faults.entry import CatalogueEntry, Option


def fault_table(entries: Iterable[CatalogueEntry]) -> Table:
    """One row a fault."""
    table = Table(show_lines=True)
    table.add_column("fault, and what it is aimed at", no_wrap=True)
    for heading in ("made of", "proof", "heal"):
        table.add_column(heading)
    for entry in entries:
        options = "".join(f"\n  {_default(option)}" for option in entry.options)
        table.add_row(f"{entry.name} {entry.takes.upper()}{options}", entry.made_of, entry.proof, entry.heal)
    return table


def _default(option: Option) -> str:
    return f"{option.name}={option.default}" if option.default else f"{option.name}=..."
