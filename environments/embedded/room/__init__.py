"""The room: the process that holds every server of a run; standard library only, a program of its own."""
