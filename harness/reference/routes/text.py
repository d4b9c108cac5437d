"""Text that can be sent on: JSON can carry halves of characters, which nothing else takes."""

from typing import Annotated

from pydantic import AfterValidator


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("it has half a character (a lone surrogate) in it") from error
    return text


Text = Annotated[str, AfterValidator(_whole)]
