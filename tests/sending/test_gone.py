"""Tests of sending/gone.py: a message as it really went is held against what was to go."""

import pytest

from gravamen.casefile import CaseFile
from gravamen.sending.gone import message_id_of
from gravamen.sending.headers import Mailbox
from gravamen.sending.message import mail_of
from gravamen.values import GravamenError
from tests.sending.building import TREASURY, law, ready

CLERK = Mailbox(address="clerk@alder.example")


def test_a_message_that_a_mail_program_gave_another_id_still_counts(kept: CaseFile) -> None:
    found = ready(kept)
    mail = mail_of(found, kept.case(), law(), sender=CLERK)
    changed = mail.data.replace(mail.id.encode(), b"<other@program.example>")

    assert message_id_of(mail.data, found) == mail.id
    assert message_id_of(changed, found) == "<other@program.example>"
    assert message_id_of(mail.data.replace(b"Message-ID:", b"X-Other:"), found) is None


def test_a_message_with_another_letter_or_none_is_refused(kept: CaseFile) -> None:
    other = mail_of(ready(kept, TREASURY), kept.case(), law(), sender=CLERK)

    for data in (other.data, b"", b"\xff\x00 rubbish", b"Subject: x\n\nwords"):
        with pytest.raises(GravamenError, match="does not carry letter-us"):
            message_id_of(data, ready(kept))
