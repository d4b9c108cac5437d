"""The description of ``result.json`` that readers of other languages use."""

import json
from pathlib import Path

from hadrill.reports.schema import Result

SCHEMA = Path(__file__).parents[1] / "result.schema.json"


def test_the_schema_file_describes_what_is_written() -> None:
    """After a change of the model: ``make schema`` writes it anew, and the version is raised if readers would break."""
    assert json.loads(SCHEMA.read_text()) == Result.model_json_schema()
