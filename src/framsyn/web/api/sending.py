"""Files that are sent to be kept, under names that may hold any letter."""

import unicodedata
from urllib.parse import quote

from starlette.responses import Response

CSV = "text/csv; charset=utf-8"
TOML = "application/toml; charset=utf-8"
NETCDF = "application/x-netcdf"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(content: str | bytes, name: str, media: str) -> Response:
    """A file to be kept."""
    return Response(content, media_type=media, headers=disposition(name))


def disposition(name: str) -> dict[str, str]:
    """The header that names a file, after RFC 6266: in ASCII for old readers, in full for all others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = "".join(letter for letter in plain if letter not in '"\\\r\n')
    return {
        "Content-Disposition": f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
    }
