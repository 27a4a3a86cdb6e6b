"""Office: how an office answered: letters, kinds of reply, days with their number; no score."""

from datetime import date

from gravamen.docket.office import Answered, Days, answered, offices

from .views import docket, event, line


def record(*lines) -> Answered:
    ((office, of),) = offices(docket(*lines)).items()
    return answered(office, of)


def asked(dispatch: str, *events, request: str = "r.1", **more):
    sent = event("2026-05-01", "sent", dispatch)
    return line(
        request, dispatch=dispatch, asked_on=date(2026, 5, 1), events=(sent, *events), **more
    )


def test_an_office_is_counted_by_letters_not_by_requests():
    ack = event("2026-05-11", "reply: ack", "y.1")
    found = record(asked("d.1", ack), asked("d.1", ack, request="r.2"))

    assert (found.requests, found.letters, found.acknowledged) == (2, 1, 1)
    assert found.to_acknowledgement == Days(median=10, of=1)


def test_the_days_are_the_middle_of_the_first_replies_with_their_number():
    found = record(
        asked("d.1", event("2026-05-03", "reply: interim", "y.1"),
              event("2026-08-01", "reply: substantive", "y.2")),
        asked("d.2", event("2026-05-08", "reply: refusal", "y.3")),
        asked("d.3", event("2026-05-31", "reply: no-power", "y.4")),
        asked("d.4", event("2026-06-10", "reply: referral", "y.5")),
    )  # fmt: skip

    assert found.answered == 4
    assert found.to_answer == Days(median=18.5, of=4)
    assert str(found.to_answer) == "18.5 days (n = 4)"


def test_an_acknowledgement_is_no_answer_and_a_machine_no_person():
    found = record(
        asked("d.1", event("2026-05-02", "reply: auto-ack", "y.1")),
        asked("d.2", event("2026-05-02", "reply: ack", "y.2")),
    )

    assert (found.acknowledged, found.automatic, found.answered, found.silent) == (1, 1, 0, 0)
    assert found.to_answer is None


def test_silence_is_counted_apart_from_what_never_arrived():
    found = record(
        asked("d.1"),
        asked("d.2", event("2026-05-02", "reply: bounced", "y.2")),
        asked("d.3", event("2026-05-02", "delivered", "e.3")),
    )

    assert (found.silent, found.undelivered) == (2, 1)


def test_a_letter_that_came_back_and_was_answered_later_was_answered():
    bounced = event("2026-05-02", "reply: bounced", "y.1")
    found = record(asked("d.1", bounced, event("2026-06-01", "reply: substantive", "y.2")))

    assert (found.answered, found.undelivered, found.silent) == (1, 0, 0)


def test_what_is_only_proposed_counts_for_nothing():
    found = record(asked("d.1", event("2026-05-02", "reply: substantive", "y", proposed=True)))

    assert (found.answered, found.silent) == (0, 1)


def test_a_reply_of_another_office_is_not_its_answer():
    found = record(asked("d.1", event("2026-05-02", "reply of another office", "y")))

    assert (found.answered, found.silent) == (0, 1)


def test_cases_are_told_apart():
    found = record(asked("d.1"), asked("d.1", case="other"))

    assert (found.cases, found.letters) == (2, 2)


def test_a_request_that_was_never_sent_counts_for_nothing():
    found = record(line(dispatch=None, asked_on=None, state="not-sent", events=()))

    assert (found.requests, found.letters, found.silent) == (0, 0, 0)
