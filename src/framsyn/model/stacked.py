"""Many municipalities in one tuple: every field with a first axis over them.

A compiled loop over municipalities takes each as plain views of the stacked arrays: nothing is copied or
counted, and the functions of one life are the same as in `kernel`.
"""

import operator
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar, cast

import numpy as np
from numba.core import types
from numba.extending import intrinsic

T = TypeVar("T")


class _Take(Protocol):
    def __call__(self, many: T, index: int) -> T: ...


def stack(items: Sequence[T]) -> T:
    """The named tuples of one type as one, fields [item, …]; numbers become an axis of their own."""
    tuples: Sequence[Any] = items
    fields = zip(*(tuple(item) for item in tuples), strict=True)
    stacked: T = type(tuples[0])(*(_stacked(field) for field in fields))
    return stacked


def _stacked(field: Sequence[Any]) -> Any:
    return stack(field) if hasattr(field[0], "_fields") else np.ascontiguousarray(field)


def repeat(item: T, count: int) -> T:
    """`item` stacked `count` times."""
    return stack([item] * count)


def _take(_: Any, many: Any, index: Any) -> Any:
    """Numba's typing and lowering of `one`: the same indexing of every field, of fields within too."""
    signature = _item(many)(many, index)

    def lower(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        taken, place = arguments
        return _lower(target, builder, signature.args[0], signature.args[1], taken, place)

    return signature, lower


def _is_tuple(kind: Any) -> bool:
    return isinstance(kind, types.BaseNamedTuple)


def _item(kind: Any) -> Any:
    """Type of `kind` [item, …] without its first axis."""
    if _is_tuple(kind):
        tuple_of: Any = types.BaseTuple.from_types
        return tuple_of([_item(field) for field in kind.types], kind.instance_class)
    return kind.dtype if kind.ndim == 1 else kind.copy(ndim=kind.ndim - 1)


def _lower(target: Any, builder: Any, kind: Any, index: Any, value: Any, place: Any) -> Any:
    item = _item(kind)
    if _is_tuple(kind):
        parts = [
            _lower(target, builder, field, index, builder.extract_value(value, number), place)
            for number, field in enumerate(kind.types)
        ]
        return target.make_tuple(builder, item, parts)
    taking = target.get_function(operator.getitem, item(kind, index))
    return taking(builder, (value, place))


#: `one(many, index)` takes one municipality of a stack: views of its arrays, and its numbers. Compiled only.
one = cast(_Take, intrinsic(_take))
