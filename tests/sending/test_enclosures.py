"""Tests of sending/enclosures.py: which exhibits go out, and that none is dropped in silence."""

from email import message_from_bytes
from email.policy import default

import msgspec
import pytest

from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.dates import Edtf
from gravamen.instruments.leaks import leaks_in, protected
from gravamen.instruments.manifest import Manifest
from gravamen.sending.enclosures import LIST, Enclosed, Level, enclosures
from gravamen.sending.headers import Mailbox
from gravamen.sending.message import mail_of
from gravamen.submission import Consent
from gravamen.values import GravamenError
from tests.sending.building import WITNESS, law, ready


@pytest.fixture(scope="module")
def manifest(kept: CaseFile) -> Manifest:
    return ready(kept).manifest


def enclosed(
    record: CaseFile, manifest: Manifest, level: Level = "all", **more: object
) -> Enclosed:
    fields = {"case": record.case(), "blob": record.blob} | more
    case, blob = fields["case"], fields["blob"]
    return enclosures(case, manifest, level=level, blob=blob)  # type: ignore[arg-type]


def first(case: Case, manifest: Manifest, **fields: object) -> Case:
    """The case with other fields of the source that is exhibit A."""
    id = manifest.exhibits[0].source
    source = msgspec.structs.replace(case.sources[id], **fields)
    return msgspec.structs.replace(case, sources={**case.sources, id: source})


def test_at_the_level_none_no_exhibit_goes_and_at_list_only_their_list(
    kept: CaseFile, manifest: Manifest
) -> None:
    assert enclosed(kept, manifest, "none") == ((), ())
    (listed,) = enclosed(kept, manifest, "list").parts
    words = listed.data.decode()

    assert listed.name == LIST
    assert all(e.sha256 in words and e.cited in words for e in manifest.exhibits)
    assert words.count("not enclosed: on request") == len(manifest.exhibits)


def test_each_exhibit_goes_out_unchanged_or_is_said_to_stay_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    found = enclosed(kept, manifest)
    files = {p.name.partition(".")[0]: p for p in found.parts if p.name != LIST}

    assert len(files) + len(found.left_out) == len(manifest.exhibits)
    assert files["exhibit-A"].sha256 == manifest.exhibits[0].sha256
    for line in found.left_out:
        assert f"Exhibit {line.split()[1]}: " in found.parts[0].data.decode()


def test_no_protected_name_is_in_any_file_that_goes(kept: CaseFile, manifest: Manifest) -> None:
    case = kept.case()
    parts = enclosed(kept, manifest).parts

    assert WITNESS in protected(case)
    assert leaks_in(((p.name, p.data) for p in parts), protected(case)) == []


def test_an_exhibit_with_a_protected_name_in_its_words_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    data = kept.blob(manifest.exhibits[0].sha256) + f"\n{WITNESS} said so.\n".encode()
    found = enclosed(kept, manifest, blob=lambda _: data)

    assert found.left_out[0] == ("Exhibit A is not enclosed: a protected name stands in it.")
    assert not any(p.name.startswith("exhibit-A") for p in found.parts)
    assert "not enclosed: a protected name" in found.parts[0].data.decode()


def test_a_family_name_alone_keeps_an_exhibit_back_too(kept: CaseFile, manifest: Manifest) -> None:
    found = enclosed(kept, manifest, blob=lambda _: b"Then Velz went home.")

    assert "a protected name stands in it" in found.left_out[0]


def test_the_name_of_a_file_never_leaves_with_it(kept: CaseFile, manifest: Manifest) -> None:
    found = ready(kept, case=first(kept.case(), manifest, name=f"{WITNESS}.html"), exhibits="all")
    mail = mail_of(
        found, kept.case(), law(), sender=Mailbox(address="clerk@alder.example")
    )  # fmt: skip
    message = message_from_bytes(mail.data, policy=default)
    parts = [(p.get_filename() or "", p.get_payload(decode=True)) for p in message.walk()]

    assert "exhibit-A.html" in [name for name, _ in parts]
    files = [(name, data) for name, data in parts if isinstance(data, bytes)]
    assert leaks_in([*files, ("message", mail.data)], protected(kept.case())) == []


def test_an_exhibit_of_somebody_who_did_not_agree_to_publication_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    case = kept.case()
    source = manifest.exhibits[0].source
    no = Consent(
        id="k.no", of="p.observatory", uses=("court",), identity="named", on=Edtf("2024-01-01"),
        method="in writing", sources=(source,),
    )  # fmt: skip
    case = msgspec.structs.replace(case, consents={**case.consents, "k.no": no})

    assert "did not agree to publication" in enclosed(kept, manifest, case=case).left_out[0]


def test_an_exhibit_without_a_text_stays_behind_where_a_name_is_protected(
    kept: CaseFile, manifest: Manifest
) -> None:
    case, source = kept.case(), manifest.exhibits[0].source
    texts = {id: text for id, text in case.texts.items() if id != source}
    blank = msgspec.structs.replace(case, texts=texts)
    bare = {id: p for id, p in case.parties.items() if not p.protected}

    assert "no text in which" in enclosed(kept, manifest, case=blank).left_out[0]
    nobody = msgspec.structs.replace(blank, parties=bare)
    assert any(p.name == "exhibit-A.html" for p in enclosed(kept, manifest, case=nobody).parts)


def test_an_exhibit_whose_bytes_are_gone_or_changed_stays_behind(
    kept: CaseFile, manifest: Manifest
) -> None:
    def gone(digest: str) -> bytes:
        raise GravamenError(f"The blob {digest} was erased.")

    other = first(kept.case(), manifest, sha256="0" * 64)

    assert "erased or are missing" in enclosed(kept, manifest, blob=gone).left_out[0]
    assert "these bytes any more" in enclosed(kept, manifest, case=other).left_out[0]
