"""A process that has imported what a lesson imports, and is forked for each use.

Importing TensorFlow takes seconds, a fork takes milliseconds. One fork server
serves both sides: a jailed kernel is a fork that enters a jail, an examiner is a
fork that stays outside. The two share no memory that either can write.

- ``client``: start or find a fork server, and ask it for forks
- ``server``: the process itself
- ``protocol``: what client and server agree on: entry points and preparation
- ``environment``: the variables that are set before anything is imported
- ``forks``: watch and end a fork by its pidfd
"""
