"""What is written for apt, and what is read from it."""

from pathlib import Path

from hadrill.environments.parts.apt import Deb, configuration, debs, fetched_bytes, source

PRINTED = """'file:/archive/mysql-server-core_9.7.4-2_amd64.deb' mysql-server-core_9.7.4-2_amd64.deb 26123456 SHA256:00
'file:/archive/libstdc%2b%2b6_16.2.0-4_amd64.deb' libstdc%2b%2b6_16.2.0-4_amd64.deb 823000 SHA256:00
'file:/archive/zlib1g_1.3-4_amd64.deb' zlib1g_1%3a1.3-4_amd64.deb 92000
"""


def test_packages_are_read_with_their_sizes() -> None:
    """Names are decoded; a line without a hash counts as well."""
    expected = (Deb("mysql-server-core", 26_123_456), Deb("libstdc++6", 823_000), Deb("zlib1g", 92_000))
    assert expected == debs(PRINTED)


def test_fetched_bytes_are_read_in_their_unit() -> None:
    """What apt prints for people is turned into bytes."""
    said = ["Fetched 10.9 MB in 3s (6272 kB/s)\n", "Get:1\nFetched 1,024 kB in 1s (2 kB/s)\n", "nothing\n"]
    assert [fetched_bytes(line) for line in said] == [10_900_000, 1_024_000, 0]


def test_every_path_of_apt_is_ours(tmp_path: Path) -> None:
    """State, lists, cache, log and sources lie in our folder, and the system's files are not read."""
    lines = configuration(tmp_path, 'Acquire::http::Proxy "proxy:3128";').splitlines()
    paths = [line for line in lines if line.startswith("Dir::")]
    outside = [line for line in paths if str(tmp_path) not in line and '"/dev/null"' not in line]
    assert (11, []) == (len(paths), outside)


def test_settings_for_reaching_archives_outdo_our_defaults(tmp_path: Path) -> None:
    """The machine's own time-out comes after ours, so that it wins; validity comes last."""
    lines = configuration(tmp_path, 'Acquire::http::Timeout "5";').splitlines()
    assert lines.index('Acquire::http::Timeout "20";') < lines.index('Acquire::http::Timeout "5";')
    assert lines[-1] == 'Acquire::Check-Valid-Until "false";'


def test_source_reads_package_lists_only() -> None:
    """Nothing but the list of packages is fetched as index."""
    expected = ["Types: deb", "URIs: file:/archive", "Suites: unstable", "Components: main", "Targets: Packages"]
    assert expected == source("file:/archive", "unstable").splitlines()[:5]
