"""What the commands print of faults, line by line (pure)."""

from collections.abc import Iterator

from hadrill.harness.live.fault_messages import Answer
from hadrill.harness.model.fault import FaultRecord, Proof


def lines_of_injection(record: FaultRecord) -> Iterator[str]:
    """What came of an injection."""
    yield f"{record.name} on {record.target} is injected, {_proof(record.proof)}"
    if record.heal_proof is not None:
        yield line_of_heal(record)
    else:
        yield f"heal it: hadrill fault heal {record.name}"


def line_of_heal(record: FaultRecord) -> str:
    """What came of a heal."""
    if record.heal_proof is None or record.heal_began_ns is None or record.healed_ns is None:
        return f"{record.name} on {record.target} is not healed"
    took_s = (record.healed_ns - record.heal_began_ns) / 1e9
    return f"{record.name} on {record.target} is healed in {took_s:.1f} s, {_proof(record.heal_proof)}"


def lines_of_what_stands(standing: Answer, now_ns: int) -> list[str]:
    """What is broken now.

    Args:
        now_ns: monotonic clock.
    """
    return [
        *(f"{each.name} on {each.target} for {_age(each, now_ns)}, {_proof(each.proof)}" for each in standing.records),
        *(f"{words} is being injected" for words in standing.under_way),
    ]


def all_proved(records: tuple[FaultRecord, ...]) -> bool:
    """Whether every proof that there is holds."""
    proofs = [proof for record in records for proof in (record.proof, record.heal_proof) if proof is not None]
    return all(proof.holds for proof in proofs)


def _proof(proof: Proof) -> str:
    return f"{'proved' if proof.holds else 'not proved'}: {proof.observed}"


def _age(record: FaultRecord, now_ns: int) -> str:
    return f"{(now_ns - record.injected_ns) / 1e9:.0f} s"
