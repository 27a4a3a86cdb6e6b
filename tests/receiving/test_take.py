"""What a reply is taken for, what it answers, and what hostile or odd files do."""

from datetime import date
from email.message import EmailMessage

import msgspec
import pytest

from gravamen.receiving import take
from gravamen.receiving.decide import Given, decide
from gravamen.sources import capture
from gravamen.values import GravamenError
from tests.receiving.corpus import LAW, answered

TODAY = date(2026, 6, 1)


def said(words: str, dispatch: str = "d.state"):
    captured = capture(words.encode(), id="s.reply-1", name="letter.txt")
    return take(answered(), LAW, captured, id="reply.1", today=TODAY, dispatch=dispatch)


def outcomes(words: str, dispatch: str = "d.state") -> dict[str, str]:
    found = said(words, dispatch).reply.answers
    return {a.request: a.outcome for a in found if a.outcome != "not-addressed"}


@pytest.mark.parametrize(
    "words",
    [
        "We have not refused your request concerning Ilvan Teresh.",
        "You ask us to suspend assistance to the 4th Guard Battalion.",
        "You write that the Department has designated Ilvan Teresh.",
        "If the Secretary has designated Ilvan Teresh, you will be told.",
        "We cannot say whether the Secretary has designated Ilvan Teresh.",
        'Your letter says: "the Department has designated Ilvan Teresh".',
        "The headline read \u201cthe Department has designated Ilvan Teresh\u201d at noon.",
        "The Secretary has designated three other officials.",
        "The Secretary has not designated anyone else.",
        "Your letter about Ilvan Teresh has been placed in the file.",
        "No decision has been made on Ilvan Teresh.",
        "The Secretary will be told of the visa request.",
    ],
)
def test_what_is_denied_supposed_retold_or_about_others_answers_no_request(words):
    assert outcomes(words) == {}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The Secretary has designated Ilvan Teresh.", {"r.visa": "granted"}),
        ("We decline to bar Mr Teresh from entry.", {"r.visa": "refused"}),
        ("We decline to act against Teresh. We will not suspend the aid.",
         {"r.visa": "refused", "r.aid": "refused"}),
        ("Both of your requests are refused.", {"r.visa": "refused", "r.aid": "refused"}),
        ("Your second request has been granted.", {"r.aid": "granted"}),
        ("As to requests 1 and 2, we are unable to proceed.",
         {"r.visa": "refused", "r.aid": "refused"}),
        ("The Department has suspended some of the assistance to the 4th Guard Battalion.",
         {"r.aid": "partly"}),
        ("We have no authority to end the assistance.", {"r.aid": "no-power"}),
        ("We turn to Ilvan Teresh. His visa has been revoked.",
         {"r.visa": "granted"}),
    ],
)  # fmt: skip
def test_what_a_reply_says_to_each_request(words, found):
    assert outcomes(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "We decline to sanction the 4th Guard Battalion.",
        "We decline to sanction General Orbak.",
        "We have no authority to sanction Mr. Orbak.",
        "The Foreign Secretary has designated three other officials.",
        "You asked about Ilvan Teresh. The Foreign Secretary has designated General Orbak.",
    ],
)
def test_what_is_said_of_somebody_else_answers_no_request(words):
    assert outcomes(words, "d.fcdo") == {}
    assert outcomes("We decline to sanction Colonel Teresh.", "d.fcdo") == {"r.uk": "refused"}


def test_without_a_dispatch_no_request_is_answered():
    captured = capture(b"The Secretary has designated Ilvan Teresh.", id="s.r", name="x.txt")
    found = take(answered(), LAW, captured, id="reply.1", today=TODAY)

    assert (found.reply.reply, found.reply.answers) == ("unclear", ())


def test_what_nothing_shows_is_unclear_and_never_an_answer_in_substance():
    found = said("The weather in the capital was fine in May.")

    assert (found.reply.reply, found.shown_by, found.reply.answers) == ("unclear", "nothing", ())


def test_a_mail_that_is_a_page_alone_is_read():
    mail = EmailMessage()
    mail["From"] = "secretary@state.example"
    mail.set_content(
        "<p>The Secretary has <b>designated</b> Ilvan&nbsp;Teresh.</p>"
        "<p style='display:none'>We refuse to suspend the assistance.</p>",
        subtype="html",
    )
    captured = capture(mail.as_bytes(), id="s.reply-1", name="x.eml")
    found = take(answered(), LAW, captured, id="reply.1", today=TODAY)

    said_of = {a.request: a.outcome for a in found.reply.answers}
    assert said_of == {"r.visa": "granted", "r.aid": "not-addressed"}


def test_attachments_are_named_so_that_somebody_reads_them():
    mail = EmailMessage()
    mail.set_content("Please see our reply attached.")
    mail.add_attachment(b"\x78\x9f\x3e\x22\x01\x00", maintype="application", subtype="ms-tnef",
                        filename="winmail.dat")  # fmt: skip
    captured = capture(mail.as_bytes(), id="s.reply-1", name="x.eml")
    found = take(answered(), LAW, captured, id="reply.1", today=TODAY)

    assert found.reply.reply == "unclear"
    assert "winmail.dat" in " ".join(found.notes)


def test_characters_that_turn_the_direction_of_reading_are_pointed_out():
    found = said("We \u202edenetnarg\u202c decline to bar Ilvan Teresh from entry.")

    assert "turn the direction of reading" in " ".join(found.notes)


@pytest.mark.parametrize(
    "words",
    ["a" * 300_000, "we have " * 60_000, "> " * 100_000, "(" * 50_000, "On " * 80_000 + "wrote:"],
)
def test_a_huge_reply_is_read_to_a_limit_and_that_is_said(words):
    found = said(words)

    assert found.reply.answers == () or {a.outcome for a in found.reply.answers} == {
        "not-addressed"
    }
    if len(words) > 100_000:
        assert "read the rest yourself" in " ".join(found.notes)


def test_the_same_file_gives_the_same_proposal():
    assert said("We decline to act on Teresh.") == said("We decline to act on Teresh.")


def decided(given: Given, *, whole: bool, words: str = "We decline to bar Mr Teresh from entry."):
    captured = capture(words.encode(), id="s.reply-1", name="letter.txt")
    case = answered()
    reply = take(case, LAW, captured, id="reply.1", today=TODAY, dispatch="d.state").reply
    return decide(case, LAW, reply, given, {"s.reply-1": captured.text}, whole=whole)


def test_what_a_person_says_takes_the_place_of_what_was_read():
    found = decided(Given(kind="interim", answers=("r.visa=partly:bar Mr Teresh",)), whole=True)

    assert found.reply == "interim"
    assert [(a.request, a.outcome) for a in found.answers] == [
        ("r.visa", "partly"),
        ("r.aid", "not-addressed"),
    ]
    assert found.answers[0].passage and found.answers[0].passage.exact == "bar Mr Teresh"


def test_what_a_person_did_not_say_is_not_taken_over_unless_asked():
    assert decided(Given(kind="refusal"), whole=False).answers == ()
    assert decided(Given(kind="refusal"), whole=True).answers[0].outcome == "refused"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given(kind="ack", answers=("r.visa",)), "is no answer"),
        (Given(kind="ack", answers=("r.visa=yes",)), "is no answer"),
        (Given(kind="ack", answers=("r.uk=refused",)), "is no request of d.state"),
        (Given(kind="ack", answers=("r.visa=refused:we never wrote this",)), "does not occur"),
        (Given(kind="ack", office="us.nobody"), "no office of the law data"),
        (Given(kind="ack", promised="soon"), "soon"),
        (Given(reference="X-1"), "say which"),
    ],
)
def test_what_cannot_be_is_refused(given, why):
    with pytest.raises(GravamenError, match=why):
        decided(given, whole=False)


def test_two_copies_of_one_mail_are_pointed_out():
    case = answered()
    data = (
        b"From: secretary@state.example\nMessage-ID: <m@state.example>\n\nThank you for writing.\n"
    )
    first = capture(data, id="s.reply-1", name="a.eml")
    reply = take(case, LAW, first, id="reply.1", today=TODAY).reply
    case = msgspec.structs.replace(
        case,
        sources={"s.reply-1": first.source},
        texts={"s.reply-1": first.text},
        replies={"reply.1": reply},
    )
    again = capture(b"Received: from x by y\n" + data, id="s.reply-2", name="b.eml")

    found = take(case, LAW, again, id="reply.2", today=TODAY)
    assert "same Message-ID as reply.1" in " ".join(found.notes)


@pytest.mark.parametrize(
    "words",
    [
        "Reports that the Department has designated Ilvan Teresh are false.",
        "It is not the case, contrary to your letter, that we have designated Ilvan Teresh.",
        "It is not true that the Secretary has designated Ilvan Teresh.",
        "The statement that Ilvan Teresh has been denied entry is incorrect.",
        "Congress asked us to report when Ilvan Teresh has been denied entry.",
        "Your letter reads:\n\nThe Secretary has designated Ilvan Teresh.\n\nWe note that.",
        "You wrote: The Secretary has designated Ilvan Teresh.\n\nWe note that.",
    ],
)
def test_what_is_said_to_be_false_reported_or_repeated_answers_no_request(words):
    assert outcomes(words) == {}


def test_what_stands_behind_a_colon_of_our_own_answers():
    words = "As to what you asked, our answer is:\n\nThe Secretary has designated Ilvan Teresh."
    assert outcomes(words) == {"r.visa": "granted"}


@pytest.mark.parametrize(
    "words",
    [
        "The Secretary has no\u200bt designated Ilvan Teresh.",
        "The Secretary did n\u00adot act. She has designated Ilvan Teresh.",
        "The Secretary has n\u043et designated Ilvan Teresh.",
        "The Secretary has designated Ilv\u0430n Teresh.",
        "We have been to\u2060ld. The Secretary has designated Ilvan Teresh.",
    ],
)
def test_a_reply_with_unseen_signs_or_mixed_letters_is_unclear(words):
    found = said(words)

    assert (found.reply.reply, found.reply.answers, found.shown_by) == ("unclear", (), "nothing")
    assert "read it as it looks, and say what it is" in found.why


def test_other_scripts_and_marks_between_words_are_no_disguise():
    moscow = "\u041c\u043e\u0441\u043a\u0432\u0430"
    words = f"\ufeffMoss\u00e9 {moscow}\u200e. We decline to bar Mr Teresh from entry."

    assert outcomes(words) == {"r.visa": "refused"}


@pytest.mark.parametrize(
    "page",
    [
        "<p>The Secretary has <s>designated</s> Ilvan Teresh.</p>",
        "<p style='display:none'>The Secretary has designated Ilvan Teresh.</p>",
        "<p><del>The Secretary has designated Ilvan Teresh.</del></p>",
        "<p>The <strike>Secretary has designated Ilvan Teresh.</strike></p>",
        "<p><i style='text-decoration: line-through'>We have designated Ilvan Teresh.</i></p>",
    ],
)
def test_what_is_struck_or_hidden_in_a_page_grants_nothing(page):
    mail = EmailMessage()
    mail["From"] = "secretary@state.example"
    mail.set_content(page, subtype="html")
    captured = capture(mail.as_bytes(), id="s.reply-1", name="x.eml")
    found = take(answered(), LAW, captured, id="reply.1", today=TODAY, dispatch="d.state")

    assert {a.outcome for a in found.reply.answers} <= {"not-addressed"}
    assert "It holds words that are hidden or struck, which were not read: " in found.notes[-1]


def test_a_hidden_word_that_denies_leaves_a_decision_unclear():
    mail = EmailMessage()
    mail.set_content(
        "<p>We have <span style='display:none'>not</span> designated Ilvan Teresh.</p>",
        subtype="html",
    )
    captured = capture(mail.as_bytes(), id="s.r", name="x.eml")
    found = take(answered(), LAW, captured, id="reply.1", today=TODAY, dispatch="d.state")

    assert (found.reply.reply, found.reply.answers) == ("unclear", ())
    assert found.why.startswith("a word that denies, 'not', stands in it hidden or struck;")
    assert found.notes == ("It holds words that are hidden or struck, which were not read: 'not'.",)
