"""Where a program came from."""

from typing import Literal

Origin = Literal["named", "path", "cache", "fetched"]
