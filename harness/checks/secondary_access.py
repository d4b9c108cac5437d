"""SW-3, HA-12: over a client's network no account gets into a server that is not the primary.

A login, a read or a write let in at a node's own port is a breach when that server cannot have owned the writes at any
moment between the sending and the answer; who may have owned them is deduced from the address's own writes
(ownership.py), never asked of the manager. Attempts must have been made all along, and by every account at every
server during each switch and each fault that may cause one (knocked.py), and refused at a secondary after the last of
these, or there is no verdict. Nor is there one where the address's writes fit no single change of primary: then anybody
may have owned them.

Does not flag: a replaced primary until ``grace_s`` after the heal of its fault (HA-2's own grace); an answer that
came around a change of primary, where either server may have been the owner; what a neighbour on the rack does.
"""

from typing import Final

import numpy as np

from hadrill.harness.checks.columns import are, select, some_keys
from hadrill.harness.checks.knocked import knocked, refused_after
from hadrill.harness.checks.ownership import Window, just_back, possible, windows_of
from hadrill.harness.checks.wording import moment, number_of, server_name
from hadrill.harness.model.history import History
from hadrill.harness.model.operation import Kind, Operations, Outcome, Way
from hadrill.harness.model.verdict import Finding, Judgement, Measure

CHECK: Final = "secondary access"


def secondary_access(history: History, grace_s: float = 1.0, silence_s: float = 5.0) -> Judgement:
    """Look for anything let in at a secondary, and whether it was knocked at often enough.

    Args:
        history: with visitors over ``Way.NODE``.
        grace_s: seconds after the end of a fault's heal in which the replaced primary may still let clients in.
        silence_s: a visitor that did not try for longer than this leaves no verdict.
    """
    tried = select(history.operations, are(history.operations, way=Way.NODE))
    windows = windows_of(history)
    foreign = select(tried, ~possible(windows, tried))
    let_in = select(foreign, are(foreign, outcome=Outcome.ACKNOWLEDGED))
    let_in = select(let_in, ~just_back(history, windows, let_in, grace_s))
    refused = select(foreign, are(foreign, outcome=Outcome.REFUSED))
    accounts = sorted({client.account for client in history.roster.clients if client.way is Way.NODE})
    silences = {account: _longest_silence_s(history, tried, account) for account in accounts}
    refusals = {account: int(np.isin(refused["client"], _clients(history, account)).sum()) for account in accounts}
    measures = [Measure(f"attempts refused, {account}", float(refusals[account]), "attempts") for account in accounts]
    measures += [Measure(f"longest time without an attempt, {account}", silences[account], "s") for account in accounts]
    clients = {account: _clients(history, account) for account in accounts}
    during, absence = knocked(history, clients)
    doubt = _unexplained(windows) or _doubt(refusals, silences, silence_s) or absence
    doubt = doubt or refused_after(history, refused, clients)
    return Judgement(CHECK, _findings(history, let_in), (*measures, *during), doubt)


def _clients(history: History, account: str) -> list[int]:
    """Numbers of the visitors that come with that account."""
    clients = enumerate(history.roster.clients)
    return [number for number, client in clients if client.way is Way.NODE and client.account == account]


def _longest_silence_s(history: History, tried: Operations, account: str) -> float:
    """The longest any of the account's visitors went without an attempt, from the load's first to its last moment."""
    if not len(history.operations):
        return 0.0
    ends_ns = [history.operations["sent_ns"].min(), history.operations["received_ns"].max()]
    attempts = (tried["sent_ns"][tried["client"] == client] for client in _clients(history, account))
    return max(float(np.diff(np.sort(np.append(sent_ns, ends_ns))).max()) for sent_ns in attempts) / 1e9


def _unexplained(windows: tuple[Window, ...]) -> str:
    """Why nobody knows who was no primary; empty where it is known."""
    if not any(window.unexplained for window in windows):
        return ""
    return "no one change of primary explains the writes that the address acknowledged: who owned them is not known"


def _doubt(refusals: dict[str, int], silences: dict[str, float], silence_s: float) -> str:
    """Why there is no verdict; empty where every account was tried all along."""
    if not refusals:
        return "no account was tried at any server's own port"
    never = [account for account, count in refusals.items() if not count]
    if never:
        return f"no attempt at a secondary was refused for the account {' or '.join(never)}"
    quiet = [f"{account} for {gap_s:.3f} s" for account, gap_s in silences.items() if gap_s > silence_s]
    return f"no attempt was made with the account {', '.join(quiet)}; allowed {silence_s:g} s" if quiet else ""


def _findings(history: History, let_in: Operations) -> tuple[Finding, ...]:
    """One finding per server and account."""
    clients = history.roster.clients
    places = {
        (int(server), clients[client].account)
        for server in np.unique(let_in["server"])
        for client in np.unique(let_in["client"][let_in["server"] == server])
    }
    return tuple(_finding(history, server, account, let_in) for server, account in sorted(places))


def _finding(history: History, server: int, account: str, let_in: Operations) -> Finding:
    theirs = let_in[(let_in["server"] == server) & np.isin(let_in["client"], _clients(history, account))]
    kinds = ", ".join(
        number_of(count, kind.name.lower()) for kind in Kind if (count := int((theirs["kind"] == kind).sum()))
    )
    sentence = (
        f"{server_name(history, server)}, not the primary, let the account {account} in over the clients' network: "
        f"{kinds} between {moment(history, int(theirs['sent_ns'].min()))} and "
        f"{moment(history, int(theirs['received_ns'].max()))}"
    )
    return Finding(CHECK, sentence, some_keys(theirs))
