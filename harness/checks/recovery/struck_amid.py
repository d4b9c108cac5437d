"""DR-9, DR-10, DR-15, DR-17: the manager died in the middle of something, and the next one saw it through. Unit: s.

Does not flag: what came of it, which other checks look at.
"""

from typing import Final

from hadrill.harness.model.verdict import Judgement, Measure

CHECK: Final = "struck amid"


def struck_amid(what: str, asked_ns: int, killed_ns: int, done_ns: int) -> Judgement:
    """Nothing is shown by a manager that died before it had begun, or when all was over.

    Args:
        what: was asked for, in words.
        asked_ns, killed_ns, done_ns: when it was asked for, when the manager was dead, and when the service said that
            it was done; monotonic.
    """
    amid = asked_ns < killed_ns < done_ns
    measures = (Measure(f"from the manager's death until {what} was done", (done_ns - killed_ns) / 1e9, "s"),)
    doubt = "" if amid else f"{what} was over before the manager was dead: its death shows nothing"
    return Judgement(CHECK, measures=measures, undecided=doubt)
