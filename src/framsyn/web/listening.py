"""The socket of a server, bound before anything is said of it."""

import socket


def listening_at(host: str, port: int) -> socket.socket:
    """A socket bound to the address.

    Raises:
        OSError: the address is not this machine's, or taken.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made
