"""What is said of a malformed YAML file."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from hadrill.harness.errors import WrongCall
from hadrill.harness.tests.bent_yaml import many_times
from hadrill.harness.yaml_file import read_yaml


class Rack(BaseModel):
    """A model to read."""

    model_config = ConfigDict(extra="forbid")

    name: str
    sizes: list[int]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nsizes:\n  - 1\n  - two\n", ":4: sizes.1: Input should be a valid integer"),
        ("# a rack\nname: a\n", ":2: sizes: Field required"),
        ("name: a\nsizes: []\nheight: 2\n", ":3: height: Extra inputs are not permitted; found 2"),
        ("name: a\nsizes: []\nname: b\n", ":3: 'name' is given twice"),
        ("name: a\nsizes: [1\n", ":3: this is no YAML: "),
        ("name: \x00\n", ": this is no YAML: "),
        ("- name\n", ":1: the document: a mapping is needed here; found ['name']"),
        ("", ":1: name: Field required"),
        ("&a [*a]", " is nested too deeply, or refers to itself"),
        ("[" * 5000, " is nested too deeply, or refers to itself"),
        ("&a {b: *a}", " is nested too deeply, or refers to itself"),
        (many_times("[{}]"), ": its aliases repeat more than 10000 values; use fewer of them"),
        (many_times("{{x: [{}]}}"), ": its aliases repeat more than 10000 values; use fewer of them"),
        (many_times("{{<<: [{}]}}"), ": its aliases repeat more than 10000 values; use fewer of them"),
        (f"? !!int {{=: x, y: {many_times('[{}]')}}}\n: z", ": its aliases repeat more than 10000 values; use fewer"),
        ("? [a]\n: b\n", ": this is no YAML: found unhashable key"),
    ],
)
def test_the_first_wrong_place_is_named(tmp_path: Path, text: str, message: str) -> None:
    """An error names the file, the line and the field."""
    path = tmp_path / "rack.yaml"
    path.write_text(text)
    with pytest.raises(WrongCall) as caught:
        read_yaml(path, Rack)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file and one that is no text are wrong calls."""
    with pytest.raises(WrongCall, match=r"none.yaml cannot be read: No such file"):
        read_yaml(tmp_path / "none.yaml", Rack)
    (tmp_path / "latin.yaml").write_bytes(b"name: \xe9\n")
    with pytest.raises(WrongCall, match=r"latin.yaml is no UTF-8 text"):
        read_yaml(tmp_path / "latin.yaml", Rack)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """What fits the model comes back as the model."""
    path = tmp_path / "rack.yaml"
    path.write_text("name: a\nsizes: [1, 2]\n")
    assert read_yaml(path, Rack) == Rack(name="a", sizes=[1, 2])
