"""The tables of faults and of what can be chosen of them, for a terminal."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from hadrill.harness.faults.entry import CatalogueEntry, Option

EACH = "each that takes it"


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


def option_table(entries: Sequence[CatalogueEntry]) -> Table:
    """One row an option, and what it means; where that depends on the fault, one for each meaning."""
    table = Table(show_lines=True)
    table.add_column("option", no_wrap=True)
    for heading in ("meaning", "of which fault"):
        table.add_column(heading)
    options = list(dict.fromkeys(option for entry in entries for option in entry.options))
    names = [option.name for option in options]
    for option in options:
        takers = ", ".join(entry.name for entry in entries if option in entry.options)
        table.add_row(_default(option), _meaning(option), takers if names.count(option.name) > 1 else EACH)
    return table


def _default(option: Option) -> str:
    return f"{option.name}={option.default}" if option.default else f"{option.name}=..."


def _meaning(option: Option) -> str:
    return f"{option.meaning} ({option.within})" if option.within else option.meaning
