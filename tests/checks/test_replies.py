"""Checks of what came back."""

import datetime

from gravamen.checks import check_case
from tests.docket.askings import LAW, case, reply, sent


def test_a_reply_from_before_its_letter_is_flagged() -> None:
    def flagged(*happened, **more):
        found = check_case(case(*happened, **more), LAW, on=datetime.date(2024, 3, 1))
        return [f for f in found if f.id == "reply-before-letter"]

    early = reply("refusal", at="2023-01-01")
    (flag,) = flagged(sent(), early)
    assert (flag.where, flag.blocks) == ("y.1", False)
    assert flag.message.startswith("y.1 is dated 2023-01-01, before d.1 (2024-01-09), which it is")
    assert flagged(sent(), reply("refusal")) == []
    assert flagged(sent(), early, judged=(("y.1", "rejected"),)) == []
