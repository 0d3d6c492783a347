"""Who asks: the address by which clients are told apart in queues."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from fastapi import Request

#: Bits of an IPv6 address that are a client's: a household or an office has all addresses behind them.
OWN_BITS = 64


def client_of(request: Request) -> str:
    """The address of who asks, as the server resolved it; of IPv6 the network, blank where there is none."""
    return client_at(request.client.host if request.client else "")


def client_at(host: str) -> str:
    """The client of an address: itself, or of IPv6 the network that is one client's."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    mapped = address.ipv4_mapped
    return str(mapped or IPv6Network((int(address), OWN_BITS), strict=False))
