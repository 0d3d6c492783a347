"""Under which path the server is reached: addresses inside it have no prefix, those that leave it do.

Inside the application every address begins at its own root (`/sv/`). The prefix (ASGI's `root_path`, such
as `/framsyn`) is put before it where an address leaves: in templates by `root`, in scripts by where their own
file lies, and in the header `Location` by `proxies.Forwarded`.
"""

import re

from starlette.types import Scope

from framsyn.errors import FramsynError

#: Parts of letters that need no quoting, each after a slash; no part of dots alone.
_PREFIX = re.compile(r"(?:/(?!\.+(?:/|$))[A-Za-z0-9._~-]+)+")
MAX_PREFIX = 200
#: First parts of the server's own addresses: a prefix that begins so could not be told from them.
OWN_PARTS = ("sv", "fi", "en", "api", "static", "healthz", "readyz")


def base_path_of(text: str) -> str:
    """The prefix that a text gives, without a slash at its end; blank for the root.

    Raises:
        FramsynError: it is no path, or begins as one of the server's own addresses.
    """
    prefix = text.rstrip("/")
    if not prefix:
        return ""
    if not is_prefix(prefix):
        raise FramsynError(
            "{path} cannot be the path of the server: give one such as /framsyn, of letters and digits, that"
            " does not begin with {own}.",
            path=text[:100],
            own=", ".join(f"/{part}" for part in OWN_PARTS),
        )
    return prefix


def is_prefix(text: str) -> bool:
    """Whether a text may stand before the server's addresses."""
    return (
        len(text) <= MAX_PREFIX
        and _PREFIX.fullmatch(text) is not None
        and text.split("/")[1] not in OWN_PARTS
    )


def route_path(scope: Scope) -> str:
    """The path of a request without the prefix."""
    path, prefix = str(scope["path"]), str(scope.get("root_path", ""))
    inside = bool(prefix) and (path == prefix or path.startswith(f"{prefix}/"))
    return (path[len(prefix) :] or "/") if inside else path


def with_prefix(path: str, prefix: str) -> str:
    """A path with the prefix, whether or not the proxy has left it there."""
    if path == prefix:
        return f"{prefix}/"
    return path if path.startswith(f"{prefix}/") else prefix + path
