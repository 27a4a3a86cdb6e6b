"""Store: what a PDF keeps for later checks of its signatures (ETSI EN 319 142-1, 5.4.2)."""

import re
from collections.abc import Iterator
from typing import Any

from asn1crypto import core, crl, ocsp, x509
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from gravamen.signing.parts import entry, items, keys_of, number, raw, through

_LISTS: dict[str, type[core.Sequence]] = {
    "/Certs": x509.Certificate,
    "/CRLs": crl.CertificateList,
    "/OCSPs": ocsp.OCSPResponse,
}
_IN_ANSWER = {"/Cert": "/Certs", "/CRL": "/CRLs", "/OCSP": "/OCSPs"}
_BESIDE = frozenset(("/Type", "/TU", "/TS"))
_IN_STREAM = frozenset(("/Length", "/Filter", "/DecodeParms"))
_SIGNATURE = re.compile(r"/[0-9A-Fa-f]{40}")


class Store:
    """The store in one revision of a file.

    Attributes:
        holders: the numbers of the objects that hold its lists.
        kept: the numbers of the certificates and lists of revoked ones.
        lists: the lists of revoked ones, in DER.
        wrong: what is in it that is neither, in words.
    """

    def __init__(self, root: DictionaryObject) -> None:
        self.holders: set[int] = set()
        self.kept: set[int] = set()
        self.lists: tuple[bytes, ...] = ()
        self.wrong: tuple[str, ...] = ()
        written = raw(root, "/DSS")
        if written is not None:
            self.wrong = tuple(dict.fromkeys(self._read(self._held(written))))

    def _held(self, written: Any) -> Any:
        """A part of the store, which may be an object of its own."""
        if isinstance(written, IndirectObject):
            self.holders.add(written.idnum)
        return through(written)

    def _read(self, store: Any) -> Iterator[str]:
        for key in sorted(keys_of(store) - {"/Type", "/VRI", *_LISTS}):
            yield f"the entry {key} of what is kept for later checks"
        if not isinstance(store, DictionaryObject):
            yield "what is kept for later checks"
        for key, kind in _LISTS.items():
            yield from self._list(raw(store, key), kind)
        if raw(store, "/VRI") is not None:
            yield from self._answers(self._held(raw(store, "/VRI")))

    def _list(self, written: Any, kind: type[core.Sequence]) -> Iterator[str]:
        if written is None:
            return
        found = self._held(written)
        if not isinstance(found, ArrayObject):
            yield "a list of what is kept for later checks"
        for one in items(found):
            if isinstance(one, IndirectObject) and _is(through(one), kind):
                self.kept.add(one.idnum)
                if kind is crl.CertificateList:
                    self.lists = (*self.lists, through(one).data)
            else:
                yield "what is no certificate among those kept for later checks"

    def _answers(self, found: Any) -> Iterator[str]:
        """What was kept for each signature, by the digest of the signature."""
        if not isinstance(found, DictionaryObject):
            yield "what is kept for later checks"
        for key in sorted(keys_of(found)):
            one = self._held(raw(found, key))
            known = isinstance(one, DictionaryObject) and not isinstance(one, StreamObject)
            if not known or not _SIGNATURE.fullmatch(key):
                yield f"the entry {key} of what is kept for later checks"
                continue
            for odd in sorted(keys_of(one) - _BESIDE - _IN_ANSWER.keys()):
                yield f"the entry {odd} of what is kept for later checks"
            for name, list_ in _IN_ANSWER.items():
                yield from self._list(raw(one, name), _LISTS[list_])
            if (time := number(raw(one, "/TS"))) is not None:
                if _is(entry(one, "/TS"), core.Sequence):
                    self.kept.add(time)
                else:
                    yield "what is no timestamp among what is kept for later checks"


def _is(value: Any, kind: type[core.Sequence]) -> bool:
    """Whether an object is a stream of a kind in DER, and nothing beside."""
    if not isinstance(value, StreamObject) or keys_of(value) - _IN_STREAM:
        return False
    try:
        kind.load(value.data, strict=True)[0]
    except (ValueError, TypeError, OverflowError):
        return False
    return True
