"""What a terminal would obey is shown."""

import os

from hadrill.harness.visible import all_visible, visible


def test_commands_are_shown_by_their_numbers() -> None:
    """Those of one byte in the upper half as well; lines and tabs stay."""
    assert visible("\x1b[2J\x9b1m\x7f\rone\ttwo\nthree ä") == "\\x1b[2J\\x9b1m\\x7f\\x0done\ttwo\nthree ä"


def test_a_byte_of_a_files_name_is_shown_by_its_number() -> None:
    """It belongs to no character: a stream refuses it, or hands it to the terminal."""
    name = os.fsdecode(b"a\x9b2J\xff.yaml")
    assert visible(name).encode() == b"a\\udc9b2J\\udcff.yaml"


def test_texts_are_found_wherever_they_stand() -> None:
    """Names too; numbers are what they were."""
    assert all_visible({"a\x00": ["\x1b", 1, None, {"b": "\b"}]}) == {"a\\x00": ["\\x1b", 1, None, {"b": "\\x08"}]}
