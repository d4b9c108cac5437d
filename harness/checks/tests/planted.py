"""A violation that is planted in a course, and what the checks that find it say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hadrill.harness.checks.tests.courses import Case
from hadrill.harness.checks.tests.service_model import SERVERS, Course, Plan


@dataclass(frozen=True, slots=True)
class Planted:
    """One violation.

    Attributes:
        what: in words.
        course: where it is planted.
        plant: does it.
        found: by which checks, once each, and what they say: ``fits`` says how it is written.
    """

    what: str
    course: Course
    plant: Callable[[Case], Case]
    found: Mapping[str, str]


def fits(sentence: str, template: str, plan: Plan) -> bool:
    """Whether a sentence is what the template says of that plan.

    ``<old>`` is the primary at first, ``<other>`` the second one of the pair, ``<both>`` one of them; ``<s>`` a number
    of seconds, ``<n>`` any other number, ``<writes>`` one or more of them.
    """
    old, other = SERVERS.servers[plan.old], SERVERS.servers[plan.other]
    words = {
        "old": old,
        "other": other,
        "both": f"(?:{old}|{other})",
        "s": r"\d+\.\d{3} s",
        "n": r"\d+",
        "writes": "writes?",
    }
    pattern = re.sub("<([a-z]+)>", lambda word: words[word[1]], re.escape(template))
    return re.fullmatch(pattern, sentence) is not None
