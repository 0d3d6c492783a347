"""The one way in which pages are made from templates: names are escaped, and none is missing in silence.

A template is compiled the first time that it is used; its code is stored for later runs.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from framsyn.caching import cache_folder
from framsyn.core.cached_text import load_bytes, store_bytes


@cache
def environment(package: str) -> Environment:
    """The templates of a package, such as `framsyn.report`."""
    folder = cache_folder("templates", _digest(), Path(__file__).parent)
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=StoredTemplates(folder) if folder else None,
    )


def _digest() -> str:
    """What the code of a template hangs on, beside its text and Python: the settings here and the library."""
    parts = (Path(__file__).read_bytes(), version("jinja2").encode())
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


class StoredTemplates(BytecodeCache):
    """The code of compiled templates, a file for each; one that is broken is compiled again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, where the code of its template is stored."""
        content = load_bytes(self._file(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of a template."""
        store_bytes(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.stored"
