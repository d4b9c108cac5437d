"""A server as the judge's own account sees it, and a refusal as the judge got it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portrait:
    """One look at one server, past every link.

    Attributes:
        node: where it runs.
        at_ns: monotonic clock when the answer was there.
        writable: neither read-only nor offline.
        admits_customers: not offline.
        follows: the ``server_id`` of its source, 0 where it has none.
        receiving, applying: its replication threads run.
        waits: its commits wait for a replica (semi-synchronous replication is on and has a replica to wait for).
        sync_binlog, flush_log: ``sync_binlog`` and ``innodb_flush_log_at_trx_commit``; 1 and 1 are durable.
        wait_point: ``AFTER_SYNC`` is lossless.
        version: of the server.
        executed: its GTID set, as MySQL writes it.
        source: ``host:port`` of the source that it is told to follow, reached or not; empty where it has none.
        memory_mib, connections: the buffer pool in MiB and the most connections at a time, as it runs with them.
    """

    node: str
    at_ns: int
    writable: bool
    admits_customers: bool
    follows: int
    receiving: bool
    applying: bool
    waits: bool
    sync_binlog: int
    flush_log: int
    wait_point: str
    version: str
    executed: str = ""
    source: str = ""
    memory_mib: int = 0
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """What came back when something was asked for that must be refused.

    Attributes:
        asked: what, in words.
        code: the service's documented code; empty where the request was accepted.
        sentence: what the service said; or, of a request that it took, how that never ended.
    """

    asked: str
    code: str
    sentence: str
