"""A process that has imported a lesson's modules, and is forked for each use.

Importing TensorFlow takes seconds, a fork takes milliseconds. One fork server serves
both sides: a jailed kernel is a fork that enters a jail, an examiner is a fork that
stays outside. Neither of them can write memory of the other.

- ``client``: start a fork server or connect to one, and ask it for forks
- ``server``: the fork server process
- ``protocol``: what client and server agree on: entry points and preparation
- ``environment``: the environment variables that are set before anything is imported
- ``forks``: watch and end a fork by its pidfd
"""
