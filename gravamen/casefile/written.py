"""The written form: YAML as nodes that know their lines, and typed values made of them."""

import difflib
import math
import re
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import (
    Any,
    Literal,
    NamedTuple,
    NewType,
    NoReturn,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
import yaml

from gravamen.casefile.entries import date_error, moment_error
from gravamen.dates import Edtf, Moment
from gravamen.values import GravamenError, Value

MAX_TEXT_BYTES = 16 * 2**20
MAX_DEPTH = 32
_TOO_DEEP = f"Lists and mappings lie more than {MAX_DEPTH} deep; undo some."
_INTEGER = re.compile(r"[-+]?\d+\Z")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?\Z")
# A value that opens with a quotation mark which its line does not close.
_OPENED = re.compile(r"""(?:^|[:\-,\[{])\s+(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$""")
_QUOTED_LINES = 20
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML counts lines by
_APOSTROPHE = re.compile(r"[:\-,\[{]\s+'(?:[^']|'')*'\w")
_NULL, _TRUE, _FALSE = ("", "~", "null"), ("true", "yes"), ("false", "no")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mistake(NamedTuple):
    """One thing wrong in a written case: file, line from 1, what and how to mend it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class CaseTextError(GravamenError):
    """Everything that is wrong in a written case, found in one run."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


class Node:
    """A piece of YAML: a scalar's text, a list or a mapping, with the line that it begins on.

    Args:
        plain: a scalar without quotes, which alone can be null, a number or a truth value.
        keys: the line of each key of a mapping.
    """

    __slots__ = ("keys", "line", "plain", "value")

    def __init__(
        self, line: int, value: "str | list[Node] | dict[str, Node]", *, plain: bool = False
    ) -> None:
        self.line = line
        self.value = value
        self.plain = plain
        self.keys: dict[str, int] = {}

    @property
    def null(self) -> bool:
        """Whether it says that there is nothing."""
        return self.plain and self.value in _NULL

    def at(self, *path: str | int) -> int:
        """The line of what lies under a path of keys and positions, as far as it goes."""
        node, line = self, self.line
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                line, node = node.keys[str(step)], node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.line
            else:
                break
        return line


class Item(NamedTuple):
    """One thing of a written case: its node, its fields, and the machine that proposed it.

    Args:
        fields: those that are right; all of them where it is `whole`.
        key: the one that holds its id.
    """

    node: Node
    fields: dict[str, Any]
    actor: str | None = None
    whole: bool = True
    key: str = "id"

    @property
    def id(self) -> str:
        """The id it is known by; empty for what has none."""
        return str(self.fields.get(self.key, ""))

    def line(self, key: str) -> int:
        """The line of one of its keys, its own where the key is not written."""
        return self.node.at(key)


class Mistakes:
    """Collects what is wrong in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Mistake] = []

    def add(self, line: int, message: str) -> None:
        """Note one more mistake."""
        self.found.append(Mistake(self.file, line, message))

    def stop(self) -> None:
        """Raise all that was noted, if anything was."""
        if self.found:
            raise CaseTextError(self.found)


def parse(data: bytes, file: str) -> Node:
    """Return the one YAML document in some bytes, as nodes.

    Raises:
        CaseTextError: it is too large or deep, no UTF-8, no YAML, or uses tags, anchors, aliases,
            merge keys or the same key twice.
    """
    wrong = Mistakes(file)
    text = _decoded(data, wrong)
    wrong.stop()
    root: Node | None = None
    try:
        root = _build(yaml.parse(text, Loader=_LOADER), wrong)
    except yaml.MarkedYAMLError as error:
        wrong.add(*_unparsed(error, text))
    except yaml.reader.ReaderError as error:
        wrong.add(1, f"This is no YAML: {error.reason} ({error.character!r}).")
    wrong.stop()
    if root is None:
        wrong.add(1, "There is nothing here; write a case, beginning with schema: gravamen.case/1.")
        raise CaseTextError(wrong.found)
    return root


def _decoded(data: bytes, wrong: Mistakes) -> str:
    if len(data) > MAX_TEXT_BYTES:
        wrong.add(1, f"The file is larger than {MAX_TEXT_BYTES} bytes; keep sources beside it.")
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong.add(line, f"Byte {error.start} is no UTF-8; save the file as UTF-8.")
        return ""


def _unparsed(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line at which a text stops being YAML, and a sentence: what is wrong, how to mend it."""
    mark, problem = error.problem_mark or error.context_mark, error.problem or ""
    line = mark.line + 1 if mark else 1
    if "nesting depth" in problem:  # libyaml looks ahead, and meets its own limit before ours
        return line, _TOO_DEEP
    if "quoted scalar" in (error.context or "") and error.context_mark:
        begun = error.context_mark.line + 1
        if "end of stream" in problem:
            return begun, (
                "This is no YAML: a quotation mark opens here and is never closed; close it, and "
                "write an apostrophe inside '…' twice."
            )
        return line, f"This is no YAML: {problem}, in the quotation that opens in line {begun}."
    lines = _BREAK.split(text)[:line]
    if any(_APOSTROPHE.search(here) for here in lines[line - 1 :]):
        return line, (
            f"This is no YAML: {problem}. Write an apostrophe inside '…' twice (it''s), or put the "
            'text in "…".'
        )
    if opened := _left_open(lines):
        return line, (
            f"This is no YAML: {problem}. A quotation mark opens in line {opened} and is not "
            "closed there; look whether it should be."
        )
    if "mapping values" in problem:
        return line, (
            "This is no YAML: a colon with a space after it stands inside a text. Put the text in "
            'quotes ("he said: no"), or below its key after |-. If it is a key, indent it as its '
            "neighbours are."
        )
    return line, f"This is no YAML: {problem}."


def _left_open(lines: Sequence[str]) -> int | None:
    """The last of some lines, among the nearest, that opens a quotation and does not close it."""
    first = max(0, len(lines) - _QUOTED_LINES)
    return next((n for n in range(len(lines), first, -1) if _OPENED.search(lines[n - 1])), None)


def _build(events: Iterator[yaml.Event], wrong: Mistakes) -> Node | None:
    """Put the parser's events together; a mapping waits with the key that has no value yet."""
    root: Node | None = None
    open_nodes: list[tuple[Node, list[Node]]] = []
    documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                wrong.add(line, "A second document begins; keep one case in a file.")
                return root
        elif isinstance(event, yaml.AliasEvent):
            wrong.add(line, f"The alias *{event.anchor} stands for something; write it out.")
            root = _place(Node(line, "", plain=True), open_nodes, root, wrong)
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event, line, wrong)
            root = _place(node, open_nodes, root, wrong)
            if not isinstance(event, yaml.ScalarEvent):
                open_nodes.append((node, []))
                if len(open_nodes) > MAX_DEPTH:
                    wrong.add(line, _TOO_DEEP)
                    return root
        elif isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
    return root


def _node(event: yaml.NodeEvent, line: int, wrong: Mistakes) -> Node:
    if event.anchor:
        wrong.add(line, f"The anchor &{event.anchor} is not read; write each thing out.")
    tag = getattr(event, "tag", None)
    if tag and not (isinstance(event, yaml.ScalarEvent) and tag == "!"):
        wrong.add(line, f"The tag {tag} is not read; remove it.")
    if isinstance(event, yaml.ScalarEvent):
        return Node(line, event.value, plain=event.style is None or not event.style.strip())
    return Node(line, [] if isinstance(event, yaml.SequenceStartEvent) else {})


def _place(
    node: Node, open_nodes: list[tuple[Node, list[Node]]], root: Node | None, wrong: Mistakes
) -> Node:
    """Put a node into the innermost open list or mapping; return the root."""
    if not open_nodes:
        return root or node
    parent, waiting = open_nodes[-1]
    if isinstance(parent.value, list):
        parent.value.append(node)
    elif not waiting:
        waiting.append(node)
    elif isinstance(parent.value, dict):
        key = waiting.pop()
        if not isinstance(key.value, str):
            wrong.add(key.line, "A list or mapping stands where a key should; write a word.")
        elif key.value in parent.value:
            first = parent.keys[key.value]
            wrong.add(key.line, f"{key.value!r} stands here and in line {first}; keep one of them.")
        else:
            parent.value[key.value] = node
            parent.keys[key.value] = key.line
    return root or node


Form = dict[str, tuple[Any, bool]]


def form_of(kind: type[Value], *, without: Sequence[str] = ()) -> Form:
    """The fields of a type as they are written: each one's type, and whether it must be there."""
    hints = get_type_hints(kind)
    return {
        field.name: (hints[field.name], field.required)
        for field in msgspec.structs.fields(kind)
        if field.name not in without
    }


class Misread(Exception):
    """A node that holds no value of the type wanted; the mistake is noted already.

    Attributes:
        fields: of a mapping, those that are right.
    """

    def __init__(self, fields: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.fields = fields or {}


class Reader:
    """Makes typed values of nodes, and notes everything that is no such value."""

    def __init__(self, wrong: Mistakes) -> None:
        self.wrong = wrong

    def fields(self, node: Node, form: Form, named: str) -> dict[str, Any]:
        """Return the fields that a mapping gives, in the order and with the types of its form.

        Raises:
            Misread: at least one of them is unknown, missing or wrong.
        """
        if not isinstance(node.value, dict):
            shown = _example(node, form)
            self._refuse(node.line, f"{named} is a mapping of {', '.join(form)}; write {shown}.")
        values: dict[str, Any] = {}
        good = True
        for key, inner in node.value.items():
            if key not in form:
                self.wrong.add(node.keys[key], f"{key!r} is no key of {named}{_home(key, form)}.")
                good = False
                continue
            try:
                values[key] = self.value(inner, form[key][0], f"{key!r} of {named}", field=key)
            except Misread:
                good = False
        for key, (_, required) in form.items():
            if required and key not in node.value:
                self.wrong.add(node.line, f"{named} lacks {key!r}; write it.")
                good = False
        if not good:
            raise Misread(values)
        return values

    def struct(self, node: Node, kind: type[Value], named: str) -> Any:
        """Return a value of a type, made of a mapping."""
        return kind(**self.fields(node, form_of(kind), named))

    def value(self, node: Node, hint: Any, named: str, *, field: str = "") -> Any:
        """Return a value of whatever type a hint names.

        Raises:
            Misread: the node holds none. Any is the node itself, for another to read.
        """
        if hint is Any:
            return node
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            inner = [a for a in get_args(hint) if a is not type(None)]
            return None if node.null else self.value(node, inner[0], named, field=field)
        if origin is tuple:
            return self._tuple(node, get_args(hint)[0], named, field)
        if origin is Mapping:
            return self._mapping(node, get_args(hint)[1], named)
        if origin is Literal:
            return self._word(node, get_args(hint), named)
        if _is_struct(hint):
            return self.struct(node, hint, named)
        return self._scalar(node, hint, named, field)

    def _tuple(self, node: Node, hint: Any, named: str, field: str) -> tuple[Any, ...]:
        if not isinstance(node.value, list):
            fields = form_of(hint) if _is_struct(hint) else None
            shown = (
                f"[{_example(node, fields)}]" if fields else "[{…}]" if hint is Any else "[a, b]"
            )
            self._refuse(node.line, f"{named} is a list; write {shown}, or a line with - for each.")
        values, good = [], True
        for n, inner in enumerate(node.value, 1):
            try:
                values.append(self.value(inner, hint, f"item {n} of {named}", field=field))
            except Misread:
                good = False
        if not good:
            raise Misread
        return tuple(values)

    def _mapping(self, node: Node, hint: Any, named: str) -> dict[str, Any]:
        """The values of a mapping whose keys are names of the writer's own."""
        if not isinstance(node.value, dict):
            self._refuse(node.line, f"{named} is a mapping; write {{name: …}}.")
        form = dict.fromkeys(node.value, (hint, True))
        return self.fields(node, form, named)

    def _word(self, node: Node, words: tuple[str, ...], named: str) -> str:
        text = self._text(node, named)
        if text not in words:
            self._refuse(node.line, f"{named} cannot be {text!r}{_nearest(text, words)}.")
        return text

    def _scalar(self, node: Node, hint: Any, named: str, field: str) -> Any:
        text = self._text(node, named)
        if hint is bool:
            if not node.plain or text.lower() not in _TRUE + _FALSE:
                self._refuse(node.line, f"{named} is true or false, not {text!r}.")
            return text.lower() in _TRUE
        if hint is int:
            return int(self._number(node, text, _INTEGER, named, "a whole number, such as 4000"))
        if hint is float:
            number = float(
                self._number(node, text, _NUMBER, named, "a number, such as 4000 or 0.5")
            )
            if not math.isfinite(number):
                self._refuse(node.line, f"{named} is too large a number: {text}.")
            return number
        problem = date_error(field, text) if hint is Edtf else None
        if problem := moment_error(text) if hint is Moment else problem:
            self._refuse(node.line, f"{named}: {problem}")
        if hint is str or isinstance(hint, NewType):
            return text
        raise AssertionError(f"{hint!r} has no written form")

    def _number(self, node: Node, text: str, form: re.Pattern[str], named: str, wanted: str) -> str:
        if not node.plain or not form.match(text) or len(text) > 40:
            self._refuse(node.line, f"{named} is {wanted}, without quotes, not {text!r}.")
        return text

    def _text(self, node: Node, named: str) -> str:
        if not isinstance(node.value, str):
            self._refuse(node.line, f"{named} is one value, not a list or mapping; write it so.")
        if node.null:
            self._refuse(node.line, f"{named} is empty; write it, or leave the key out.")
        return node.value

    def _refuse(self, line: int, message: str) -> NoReturn:
        self.wrong.add(line, message)
        raise Misread


def _nearest(word: str, known: Sequence[str] | Form) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else f"; write one of {', '.join(known)}"


def _home(key: str, form: Form) -> str:
    """Where a key belongs that stands at the wrong place, or the one that may be meant."""
    for other, (hint, _) in form.items():
        inner = next((h for h in (hint, *get_args(hint)) if _is_struct(h)), None)
        if inner is not None and key in inner.__struct_fields__:
            return f"; it belongs under {other!r}"
    return _nearest(key, form)


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Value)


def _example(node: Node, form: Form) -> str:
    """How a mapping is written that stands here as one word, or not at all."""
    keys = [key for key, (_, required) in form.items() if required] or list(form)[:1]
    text = node.value if isinstance(node.value, str) and not node.null else ""
    given = [text if len(keys) == 1 and 0 < len(text) < 60 and ": " not in text else "…"]
    return "{" + ", ".join(f"{k}: {v}" for k, v in zip(keys, given * len(keys), strict=True)) + "}"
