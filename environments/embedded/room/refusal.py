"""A request that the room does not carry out."""


class Refusal(Exception):
    """Answered with an HTTP status and a sentence.

    Attributes:
        status: 400 malformed, 404 unknown, 409 not in this state, 504 it took too long.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
