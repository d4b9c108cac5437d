"""Which accounts customers may make: names, host patterns, and those that are the service's own (pure)."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from typing import Final

_USER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,31}")
_PREFIX: Final = re.compile(r"(?:[0-9]{1,3}\.){1,3}%")

USER_RULE: Final = "a user name has 1 to 32 letters, digits, '_', '.' and '-', and begins with a letter"
HOST_RULE: Final = (
    "a host pattern is '%', an IPv4 address, the beginning of one like '10.1.%', a network like '10.1.0.0/16', or an "
    "IPv6 address; names of hosts are not resolved"
)
SYSTEM_SCHEMAS: Final = frozenset({"mysql", "information_schema", "performance_schema", "sys"})


def user_name(user: str) -> str:
    """The name as it is; raises ValueError, whose message is a sentence."""
    if not _USER.fullmatch(user):
        raise ValueError(USER_RULE)
    return user


def host_pattern(host: str) -> str:
    """The pattern in the one spelling that servers compare with; raises ValueError, whose message is a sentence."""
    prefix = _PREFIX.fullmatch(host)
    if host == "%" or (prefix and all(int(part) < 256 for part in host.split(".")[:-1])):
        return host
    for read in (_address, _network, _long_address):
        try:
            return read(host)
        except ValueError:
            continue
    raise ValueError(HOST_RULE)


def is_reserved(user: str, own: frozenset[str]) -> bool:
    """Whether the service itself, or MySQL, has accounts of that name.

    Args:
        own: names of the accounts that the service made.
    """
    name = user.casefold()
    return name in {each.casefold() for each in own} | {"root"} or name.startswith("mysql.")


def _address(host: str) -> str:
    return str(IPv4Address(host))


def _network(host: str) -> str:
    address, _, size = host.partition("/")
    if not size.isascii() or not size.isdigit():
        raise ValueError(host)
    return str(IPv4Network(f"{IPv4Address(address)}/{size}"))


def _long_address(host: str) -> str:
    if "%" in host:
        raise ValueError(host)
    return str(IPv6Address(host))
