"""MySQL's statements for what its monitoring and its slow log show."""

from typing import Final

STATUS: Final = "SHOW GLOBAL STATUS WHERE Variable_name IN ('Questions', 'Threads_connected')"
DISK_BYTES: Final = "SELECT COALESCE(SUM(file_size), 0) AS bytes FROM information_schema.innodb_tablespaces"
"""All that InnoDB keeps, undo included; without the logs."""

SLOW_LOG: Final = (
    "SELECT start_time, query_time, user_host, CONVERT(sql_text USING utf8mb4) AS statement FROM mysql.slow_log "
    "ORDER BY start_time DESC LIMIT 100"
)
"""Of this server alone: it is neither replicated nor copied."""
