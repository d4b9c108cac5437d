"""The tables of the manager's state."""

from typing import Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS instances (
    id TEXT PRIMARY KEY, edition TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, address INTEGER NOT NULL,
    created_at TEXT NOT NULL, protected INTEGER NOT NULL, owner_user TEXT NOT NULL, owner_password TEXT NOT NULL,
    reader_user TEXT NOT NULL, reader_password TEXT NOT NULL, type TEXT NOT NULL, master TEXT NOT NULL,
    specification TEXT NOT NULL, settings TEXT NOT NULL, maintenance TEXT NOT NULL, switch_within TEXT NOT NULL,
    synchronization TEXT NOT NULL, task TEXT NOT NULL, promoted_from TEXT NOT NULL, successor TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    instance TEXT NOT NULL, node TEXT PRIMARY KEY, role TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS operations (
    id INTEGER PRIMARY KEY, instance TEXT NOT NULL, kind TEXT NOT NULL, step TEXT NOT NULL, status TEXT NOT NULL,
    reason TEXT NOT NULL, arguments TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS one_at_a_time ON operations (instance) WHERE status = 'running' AND kind <> 'import';
CREATE UNIQUE INDEX IF NOT EXISTS address_once ON instances (address) WHERE state <> 'released';
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY, utc TEXT NOT NULL, at_ns INTEGER NOT NULL, instance TEXT NOT NULL, what TEXT NOT NULL,
    detail TEXT NOT NULL);
"""
