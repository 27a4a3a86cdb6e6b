"""Documents: a YAML text checked against the types it is to become, every fault with its line.

Plain values are read by the type that is wanted, not by YAML 1.1's guesses: `on` is a key and not
a truth value, `2023-04` stays a text. Tags, anchors and a second document are refused.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Generic, TypeVar

import msgspec
import msgspec.inspect as inspect
import yaml

from gravamen.values import GravamenError

T = TypeVar("T")
Place = tuple[str | int, ...]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEPTH = 30
_TOO_DEEP = f"The values are nested deeper than {DEPTH}; flatten them."
_NULL = ("", "~", "null")


class Document(Generic[T]):
    """A text read as a value of a type: the value, or None and the faults; the line of each part.

    Args:
        name: what faults call the file.
        faults: "name:line: sentence", in the order of the text.
        lines: path of keys and positions to line, counted from 1.
    """

    def __init__(self, data: bytes, type: type[T], *, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {(): 1}
        self.faults: list[str] = []
        self.value: T | None = None
        node = self._compose(data)
        if node is None:
            return
        plain = self._take(node, inspect.type_info(type), ())
        if not self.faults:
            self.value = msgspec.convert(plain, type)

    def line(self, path: Place) -> int:
        """The line of a part, or of the nearest part that holds it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def fault(self, path: Place, sentence: str) -> str:
        """A fault of a part: where it stands and what is wrong."""
        return f"{self.name}:{self.line(path)}: {sentence}"

    def _compose(self, data: bytes) -> yaml.Node | None:
        try:
            text = data.decode("utf-8")
            _refuse(yaml.parse(text, Loader=_LOADER))
            node = yaml.compose(text, Loader=_LOADER)
        except UnicodeDecodeError as error:
            self.faults.append(f"{self.name}:1: The file is not UTF-8 at byte {error.start}.")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = mark.line + 1 if mark else 1
            # libyaml looks ahead and may meet its own limit of depth before ours is counted.
            deep = "nesting depth" in (error.problem or "")
            what = _TOO_DEEP if deep else f"This is not YAML ({error.problem})."
            self.faults.append(f"{self.name}:{where}: {what}")
        except (yaml.YAMLError, _Refused) as error:
            self.faults.append(f"{self.name}:{getattr(error, 'line', 1)}: {error}")
        else:
            if node is None:
                self.faults.append(f"{self.name}:1: The file is empty.")
            return node
        return None

    def _take(self, node: yaml.Node, wanted: inspect.Type, path: Place) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(wanted, inspect.UnionType):
            plain = isinstance(node, yaml.ScalarNode) and not node.style
            if wanted.includes_none and plain and node.value in _NULL:
                return None
            wanted = _option(wanted, node)
        if isinstance(wanted, inspect.StructType):
            return self._mapping(node, wanted, path)
        if isinstance(wanted, inspect.DictType):
            return self._table(node, wanted, path)
        if isinstance(wanted, (inspect.VarTupleType, inspect.ListType)):
            return self._list(node, wanted, path)
        return self._scalar(node, wanted, path)

    def _mapping(self, node: yaml.Node, wanted: inspect.StructType, path: Place) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self._wrong(path, "keys with values are wanted here")
        fields = {f.encode_name: f for f in wanted.fields}
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            here = (*path, name)
            if name in found:
                self.lines[here] = key.start_mark.line + 1
                self._wrong(here, f"the key {name!r} is given twice")
                continue
            self.lines[here] = key.start_mark.line + 1
            if name not in fields:
                self._wrong(here, f"the key {name!r} is not known here{nearest(name, fields)}")
                continue
            found[name] = self._take(value, fields[name].type, here)
        for name, field in fields.items():
            if field.required and name not in found:
                self._wrong(path, f"the key {name!r} is missing")
        return found

    def _table(self, node: yaml.Node, wanted: inspect.DictType, path: Place) -> Any:
        """Keys of the writer's own choosing, each with a value of one type."""
        if not isinstance(node, yaml.MappingNode):
            return self._wrong(path, "keys with values are wanted here")
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            here = (*path, name)
            self.lines[here] = key.start_mark.line + 1
            if name in found:
                self._wrong(here, f"the key {name!r} is given twice")
                continue
            found[name] = self._take(value, wanted.value_type, here)
        return found

    def _list(
        self, node: yaml.Node, wanted: inspect.VarTupleType | inspect.ListType, path: Place
    ) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self._wrong(path, "a list is wanted here")
        return [self._take(n, wanted.item_type, (*path, i)) for i, n in enumerate(node.value)]

    def _scalar(self, node: yaml.Node, wanted: inspect.Type, path: Place) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong(path, "one value is wanted here, not a list or keys")
        text = node.value
        if isinstance(wanted, inspect.LiteralType):
            if text in wanted.values:
                return text
            choices = [str(v) for v in wanted.values]
            return self._wrong(
                path, f"{text!r} is not one of the known words{nearest(text, choices)}"
            )
        for kind, read, what in _READERS:
            if isinstance(wanted, kind):
                value = read(text)
                return self._wrong(path, f"{text!r} is not {what}") if value is None else value
        raise TypeError(f"Documents hold no values of {wanted!r}.")

    def _wrong(self, path: Place, what: str) -> None:
        self.faults.append(self.fault(path, f"{what[0].upper()}{what[1:]}."))


def _option(wanted: inspect.UnionType, node: yaml.Node) -> inspect.Type:
    """The type among several that a value of this shape can have: keys, a list or one value."""
    types = [t for t in wanted.types if not isinstance(t, inspect.NoneType)]
    shapes: dict[type[yaml.Node], tuple[type[inspect.Type], ...]] = {
        yaml.MappingNode: (inspect.StructType, inspect.DictType),
        yaml.SequenceNode: (inspect.VarTupleType, inspect.ListType),
    }
    every = (*shapes[yaml.MappingNode], *shapes[yaml.SequenceNode])
    mine = shapes.get(type(node))
    fit = [t for t in types if (isinstance(t, mine) if mine else not isinstance(t, every))]
    return (fit or types)[0]


class _Refused(GravamenError):
    """A part of YAML that these documents do not use."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _refuse(events: Iterable[yaml.Event]) -> None:
    """Refuse what these documents do not use, before anything is built from them."""
    depth = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("Anchors and aliases are not used here; write the value out.", line)
        if tag := getattr(event, "tag", None):
            raise _Refused(f"The tag {tag!r} is not used here; remove it.", line)
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit and line > 1:
            raise _Refused("A file holds one document; remove the line '---'.", line)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise _Refused(_TOO_DEEP, line)


def nearest(name: str, known: Iterable[str]) -> str:
    """How a fault names the nearest of the known words, or all of them."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f"; the nearest is {near[0]!r}" if near else f"; known are {', '.join(sorted(known))}"


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(text: str) -> str | None:
    return text if text.strip() else None


def _int(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?(?:0|[1-9][0-9]{0,8})", text) else None


def _bool(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


_READERS: tuple[tuple[type, Callable[[str], Any], str], ...] = (
    (inspect.StrType, _text, "a text"),
    (inspect.IntType, _int, "a whole number"),
    (inspect.BoolType, _bool, "true or false"),
    (inspect.DateType, _date, "a day (write 2020-09-27)"),
)


def parts(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every struct inside a value, itself first, with its path."""
    if isinstance(value, msgspec.Struct):
        yield path, value
        for name in value.__struct_fields__:
            yield from parts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from parts(item, (*path, i))
