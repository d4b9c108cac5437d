"""How generated input is tried: the same each time, as it was generated, however slow the machine is."""

from hypothesis import HealthCheck, Phase, settings


def steady(examples: int, *tolerated: HealthCheck) -> settings:
    """Settings for hypothesis.

    Args:
        examples: so many.
        tolerated: what generating them may be, besides slow and within a fixture that is made once.
    """
    return settings(
        deadline=None,
        derandomize=True,
        database=None,
        max_examples=examples,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, *tolerated],
    )
