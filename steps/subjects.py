"""The modules that hold sentences and their fixtures, by subject: the one list of them."""

SUBJECTS = (
    "run",
    "stage",
    "objectives",
    "service",
    "state",
    "disaster_recovery",
    "manager_deaths",
    "way_back",
    "workload",
    "faults",
    "regions",
    "checks",
    "disaster_recovery_checks",
)


def step_modules() -> tuple[str, ...]:
    """Import names of all step modules, in the order in which pytest is to know them."""
    return tuple(f"hadrill.steps.{subject}" for subject in SUBJECTS)
