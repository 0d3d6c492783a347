"""Servers in front of this one: what they tell of a visitor is believed of those that are trusted alone."""

import ipaddress
from collections.abc import Sequence
from typing import Any, cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from framsyn.errors import FramsynError
from framsyn.web.base_path import is_prefix, with_prefix

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class TrustedProxies:
    """The addresses of servers that are believed.

    Args:
        addresses: each an address or a network, such as `127.0.0.1` or `10.0.0.0/8`.

    Raises:
        FramsynError: one of them is neither.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self.networks = tuple(_network(address) for address in addresses)

    def __contains__(self, host: object) -> bool:
        try:
            address = ipaddress.ip_address(str(host))
        except ValueError:
            return False
        return any(address in network for network in self.networks)


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise FramsynError(
            "{address} is not the address of a proxy: give one such as 127.0.0.1, or a network such as"
            " 10.0.0.0/8.",
            address=text[:100],
        ) from None


class Forwarded:
    """Sets a request's client, scheme, host and prefix as a trusted proxy tells them.

    `X-Forwarded-For` and `-Proto` are read by uvicorn's own middleware; `-Host` and `-Prefix`, which it does
    not know, here. The proxy may leave the prefix in the path or take it away.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str], root_path: str) -> None:
        self.proxies = TrustedProxies(proxies)
        self.root_path = root_path
        self.app = app
        networks = [str(network) for network in self.proxies.networks]
        self.forwarded = cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, app), networks)) if networks else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as it was before the proxy."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client = scope.get("client")
        trusted = client is not None and _plain(client[0]) in self.proxies
        if client is not None:
            scope["client"] = (_plain(client[0]), client[1])
        headers = Headers(scope=scope)
        prefix = self.root_path or scope.get("root_path", "")
        if trusted:
            _set_host(scope, _last(headers, "x-forwarded-host"))
            told = _last(headers, "x-forwarded-prefix").rstrip("/")
            prefix = told if is_prefix(told) else prefix
        _set_prefix(scope, prefix)
        await self.forwarded(scope, receive, _with_location(send, prefix) if prefix else send)


def _plain(host: str) -> str:
    """An IPv4 address that is written as one of IPv6, as IPv4."""
    return host.removeprefix("::ffff:") if host.startswith("::ffff:") and "." in host else host


def _last(headers: Headers, name: str) -> str:
    """What the nearest proxy has told: each adds its own at the end."""
    return ",".join(headers.getlist(name)).rpartition(",")[2].strip()


def _set_host(scope: Scope, host: str) -> None:
    if host:
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", host.encode("latin-1")), *others]


def _set_prefix(scope: Scope, prefix: str) -> None:
    scope["root_path"] = prefix
    if prefix:
        scope["path"] = with_prefix(scope["path"], prefix)
        raw = (scope.get("raw_path") or b"").decode("latin-1")
        scope["raw_path"] = with_prefix(raw, prefix).encode("latin-1")


def _with_location(send: Send, prefix: str) -> Send:
    """Puts the prefix before the address that an answer leads to."""

    async def prefixed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            location = headers.get("location", "")
            if location.startswith("/") and not location.startswith("//"):
                headers["location"] = prefix + location
        await send(message)

    return prefixed
