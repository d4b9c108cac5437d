"""A plugin for pytest: runs the scenarios of some titles and no others."""

from collections.abc import Collection

import pytest

from hadrill.steps.binding.items import template_of, title_of


class TitledAlone:
    """Deselects every scenario whose title is none of these; runs all where there are none."""

    def __init__(self, titles: Collection[str]) -> None:
        self._titles = frozenset(titles)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave what is not wanted out, and tell pytest so."""
        if not self._titles:
            return
        others = [item for item in items if template_of(item) is None or title_of(item) not in self._titles]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
