"""What is read otherwise in labelled replies than a person reads it; each error stands here.

`build` and `held` were written before the words were chosen, by the same hand. `later`, `unseen`
and `last` came after, one after the other, and the words were widened after each; when first read,
21 of 22, 13 of 22 and 10 of 20 were read otherwise in something, most of them as "unclear".
`fresh` came then and no word was changed for it: its errors show what to expect of new letters.

The sets after it were written to mislead: with the past, the opposite, another thing, the
provisional. `lawyer` is by another hand. How many letters had a request that was read as another
outcome than it was, with the words of before and when first read with those that guard against it:
`lawyer` 6 and 0 of 16, `wary` 13 and 0 of 30, `after` 7 and 6 of 16, `closing` 6 and 5 of 16,
`final` 6 and 2 of 16. After `after` and `closing` the words were widened; for `final` none was.
"""

import pytest

from tests.receiving.corpus import differences, labelled, read_row

HALVES = (
    "build", "held", "later", "unseen", "last", "fresh", "lawyer", "wary", "after", "closing",
    "final",
)  # fmt: skip
KNOWN = {
    "treasury-grant": {"answers"},
    "l-us-leahy-vetting": {"answers"},
    "l-eu-french": {"kind"},
    "l-ca-no-thanks": {"kind", "answers"},
    "u-us-committee-no": {"kind", "answers"},
    "u-ca-evidence": {"kind", "answers"},
    "z-state-no": {"kind", "answers"},
    "z-sfrc-letter": {"kind", "answers"},
    "z-ca-review": {"kind"},
    "f-state-ack": {"reference", "kind"},
    "f-treasury-no": {"kind", "answers"},
    "f-treasury-process": {"kind"},
    "f-eu-listed": {"kind", "answers"},
    "f-ca-power": {"kind", "answers"},
    "f-ca-auto": {"kind"},
    "f-au-wrong": {"kind"},
    "w-12": {"answers"},
    "y-state-lifted": {"kind"},
    "y-state-visa-issued": {"kind"},
    "y-state-meeting": {"kind"},
    "y-state-for-now": {"kind"},
    "y-treasury-license": {"kind"},
    "y-sfrc-earlier": {"kind"},
    "y-sfrc-no": {"kind", "answers"},
    "y-eu-proposal": {"kind"},
    "y-ca-conditional": {"kind"},
    "a-state-years": {"kind"},
    "a-state-training": {"kind"},
    "a-sfrc-signed": {"kind", "answers"},
    "a-uk-since": {"kind"},
    "a-ca-correspondence": {"kind"},
    "c-state-transit": {"kind"},
    "c-state-not-eligible": {"kind", "answers"},
    "c-state-withheld": {"kind", "answers"},
    "c-sfrc-other-letter": {"kind"},
    "c-eu-vote": {"kind"},
    "x-state-guidance": {"kind"},
    "x-state-hearing": {"kind", "answers"},
    "x-state-ineligible": {"kind", "answers"},
    "x-treasury-bank": {"kind"},
    "x-sfrc-vote": {"kind"},
    "x-eu-other-regime": {"kind"},
    "x-ca-party": {"kind", "answers"},
}
# Letters of which a request is read as another outcome than it was; of no other is one.
MISREAD = {"x-state-hearing", "x-ca-party"}


@pytest.mark.parametrize("half", HALVES)
def test_replies_are_read_as_a_person_reads_them_save_for_the_errors_that_are_known(half):
    rows = {row["id"]: row for row in labelled(half)}
    found = {id: {*differences(row)} for id, row in rows.items()}

    assert {i: w for i, w in found.items() if w} == {i: w for i, w in KNOWN.items() if i in rows}


def test_no_request_is_said_to_be_answered_otherwise_than_it_was_save_where_that_is_known():
    wrong = []
    for half in HALVES:
        for row in labelled(half):
            meant = row["expect"].get("answers", {})
            wrong += [
                row["id"]
                for a in read_row(row).reply.answers
                if a.outcome not in ("not-addressed", meant.get(a.request))
            ]

    assert {*wrong} == MISREAD


def test_every_answer_quotes_the_words_that_say_so():
    for half in HALVES:
        for row in labelled(half):
            for answer in read_row(row).reply.answers:
                said = answer.outcome != "not-addressed"
                assert bool(answer.passage) is said, row["id"]
                if answer.passage:
                    assert answer.passage.exact in row["text"], row["id"]
