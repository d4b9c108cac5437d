"""Tags whose names pytest or Allure have taken: what carries one would be left out, excused, or not collected."""

from typing import Final

OF_PYTEST: Final = {
    "skip": "pytest would leave out what carries it, and no promise of it would be drilled",
    "skipif": "pytest would leave out what carries it, and no promise of it would be drilled",
    "xfail": "pytest would expect what carries it to fail, and a broken promise would be excused",
    "parametrize": "pytest looks in it for values to run a test with, and a tag has none",
    "usefixtures": "pytest looks in it for names of fixtures, and a tag has none",
    "filterwarnings": "pytest looks in it for warnings to heed or to hide, and a tag has none",
    "tryfirst": "pytest orders its plugins by it",
    "trylast": "pytest orders its plugins by it",
    "hookwrapper": "pytest tells by it how its plugins are called",
    "optionalhook": "pytest tells by it how its plugins are called",
    "pytester_example_path": "pytest looks in it for a folder of examples, and a tag has none",
}
"""Marks of pytest itself, with the reason; a list of ours, since a project registers marks of its own beside them."""

OF_ALLURE: Final = "allure_"


def why_taken(tag: str) -> str:
    """Why no feature may have a tag of that name, and what to do; empty where it may."""
    if not tag:
        return "an @ without a name is no tag; give it a name or take it away"
    if tag.startswith("_"):
        reason = "begins with an underscore, as no mark of pytest's may"
    elif tag in OF_PYTEST:
        reason = f"is a mark of pytest's own: {OF_PYTEST[tag]}"
    elif tag.startswith(OF_ALLURE):
        reason = "has a name of Allure's own marks, in which Allure looks for values, and a tag has none"
    else:
        return ""
    return f"@{tag} {reason}; give the tag another name"
