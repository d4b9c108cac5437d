"""A progress that remembers."""


class Heard:
    """Keeps what it was told, for a test to look at."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def say(self, message: str) -> None:
        """Keep one line."""
        self.messages.append(message)
