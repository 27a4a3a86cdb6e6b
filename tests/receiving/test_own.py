"""Which words of a reply are its author's: never those that it quotes of ours."""

from email.message import EmailMessage

import pytest

from gravamen.receiving.own import own_clauses, own_text
from gravamen.sources import capture
from gravamen.sources.source import Layer, Text


def plain_text(words: str, *layers: Layer) -> Text:
    return Text(extractor="t", version="1", text=words, layers=layers)


@pytest.mark.parametrize(
    "quoted",
    [
        "> We decline to wait.",
        "On Tue, May 12, 2026 at 10:14 AM Clerk <clerk@a.example> wrote:\n\n> We decline to wait.",
        "On Tue, May 12, 2026 at 10:14 AM Clerk\n<clerk@a.example> wrote:\n\nWe decline to wait.",
        "-----Original Message-----\nFrom: Clerk\n\nWe decline to wait.",
        "From: Clerk <c@a.example>\nSent: Tuesday\nTo: Office\nSubject: x\n\nWe decline to wait.",
        "________________________________\nFrom: Clerk\nWe decline to wait.",
        "Begin forwarded message:\n\nWe decline to wait.",
        "Le 12 mai 2026, Clerk <clerk@a.example> a écrit :\n\n> We decline to wait.",
    ],
)
def test_what_a_reply_quotes_of_our_letter_is_not_read_as_its_own(quoted):
    text = plain_text(f"We have your letter.\n\n{quoted}\n")

    assert "We have your letter." in own_text(text)
    assert "decline" not in own_text(text)
    assert len(own_text(text)) == len(text.text)


def test_an_answer_between_quoted_lines_is_its_own():
    text = plain_text(
        "On Tue, May 12, 2026 Clerk <c@a.example> wrote:\n\n"
        "> Will you act?\n\nWe decline.\n\n> When?\n"
    )

    assert [c.words for c in own_clauses(text)] == ["we decline."]


def test_words_that_no_reader_is_shown_are_not_read():
    words = "We have your letter. We decline."
    hidden = Layer(kind="hidden", start=words.index("We decline"), end=len(words))

    assert "decline" not in own_text(plain_text(words, hidden))


def test_the_headers_of_a_mail_are_not_its_words():
    mail = EmailMessage()
    mail["From"] = "x@office.example"
    mail["Subject"] = "We decline"
    mail["X-Note"] = "We refuse"
    mail.set_content("We have your letter.\n")
    text = capture(mail.as_bytes(), id="s.x", name="x.eml").text

    assert own_text(text).split() == ["We", "have", "your", "letter."]


def test_a_sentence_over_several_lines_is_one_and_who_signed_is_none():
    text = plain_text(
        "In response to your letter of May 12, 2026, the Department has\n"
        "decided to act.\n\nSincerely,\n\nOffice of Refusals\n"
    )

    found = own_clauses(text)
    assert [c.words for c in found] == [
        "in response to your letter of may 12, 2026, the department has decided to act."
    ]
    assert text.text[found[0].start : found[0].end].startswith("In response")


def test_a_very_long_text_is_read_in_bounded_time_and_pieces():
    found = own_clauses(plain_text("we decline " * 100_000))

    assert all(len(c.words) <= 600 for c in found)
    assert found[-1].end <= 100_000
