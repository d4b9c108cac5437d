"""Taking a server's portrait: the judge looks for itself, past every link, with its own account."""

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.portrait import Portrait


def portray(node: str, endpoint: Endpoint, auditor: Account, *, answer_s: float = 2.0) -> Portrait:
    """Look once at one server; raises SqlError where it does not answer."""
    with Session(endpoint, auditor, answer_s=answer_s) as server:
        gates = server.row(sql.GATES)
        replica = server.row(sql.REPLICA_STATUS)
        settings = server.row(sql.DURABILITY)
        semi_sync = {row["Variable_name"]: row["Value"] for row in server.rows(sql.SEMI_SYNC_STATUS)}
    return Portrait(
        node=node,
        at_ns=now_ns(),
        writable=not gates["read_only"] and not gates["offline"],
        admits_customers=not gates["offline"],
        follows=int(replica.get("Source_Server_Id", 0)),
        receiving=replica.get("Replica_IO_Running") == "Yes",
        applying=replica.get("Replica_SQL_Running") == "Yes",
        waits=semi_sync.get("Rpl_semi_sync_source_status") == "ON"
        and int(semi_sync.get("Rpl_semi_sync_source_clients", 0)) > 0,
        sync_binlog=int(settings["sync_binlog"]),
        flush_log=int(settings["innodb_flush_log_at_trx_commit"]),
        wait_point=str(settings["wait_point"]),
        version=str(settings["version"]),
        executed=str(gates["executed"]).replace("\n", ""),
        source=f"{replica['Source_Host']}:{replica['Source_Port']}" if replica else "",
        memory_mib=int(settings["memory_bytes"]) >> 20,
        connections=int(settings["connections"]),
    )
