"""Paths and the user id inside every jail. Pure."""

from __future__ import annotations

USER_ID = 1000
WORK = "/home/student"
# The folders that can be written. They are kept in memory, have a limited size, and end
# with the jail.
SCRATCH = ("/dev/shm", "/tmp", WORK)


__all__ = ["SCRATCH", "USER_ID", "WORK"]
