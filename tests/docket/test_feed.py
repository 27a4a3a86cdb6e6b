"""Feed: what happened, newest first, each with an id that stays."""

from lxml import etree

from gravamen.docket.feed import ATOM, feed
from gravamen.docket.line import Docket

from .views import docket, event, line, several

NS = {"a": ATOM}


def read(found: Docket) -> etree._Element:
    return etree.fromstring(feed(found))


def test_events_come_newest_first():
    root = read(several())

    days = [e.text[:10] for e in root.iterfind("a:entry/a:updated", NS)]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2026-09-11"
    assert root.findtext("a:updated", namespaces=NS) == "2026-09-11T00:00:00Z"


def test_each_entry_has_an_id_of_its_own_that_stays():
    first, again = read(several()), read(several())

    ids = [e.text for e in first.iterfind("a:entry/a:id", NS)]
    assert len(ids) == len(set(ids)) > 5
    assert ids == [e.text for e in again.iterfind("a:entry/a:id", NS)]
    assert all(id.startswith("urn:uuid:") for id in ids)


def test_what_moved_several_requests_of_an_office_is_one_entry():
    sent = event("2026-05-14", "sent", "d.state")
    root = read(docket(line("r.1", events=(sent,)), line("r.2", events=(sent,))))

    (entry,) = root.iterfind("a:entry", NS)
    assert "r.1, r.2" in entry.findtext("a:summary", namespaces=NS)


def test_a_proposal_is_called_one():
    root = read(several())

    titles = [e.text for e in root.iterfind("a:entry/a:title", NS)]
    assert [t for t in titles if t.startswith("Proposed, not reviewed: ")] == [titles[0]]


def test_a_time_is_told_in_utc():
    late = event("2026-05-14T23:30-04:00", "sent", "d.1")

    entry = read(docket(line(events=(late,)))).find("a:entry", NS)
    assert entry.findtext("a:updated", namespaces=NS) == "2026-05-15T03:30:00Z"


def test_hostile_words_are_text_and_nothing_else():
    hostile = "</summary><script>alert(1)</script>]]>&\x00\x1b\ufffe\ud800"
    found = docket(line(office_title=hostile, events=(event("2026-05-14", hostile, "d", hostile),)))

    root = read(found)
    assert root.findall(".//{*}script") == []
    assert "<script>alert(1)</script>" in root.find("a:entry", NS).findtext(
        "a:summary", namespaces=NS
    )


def test_a_docket_in_which_nothing_happened_is_a_feed_too():
    root = read(docket())

    assert root.findall("a:entry", NS) == []
    assert root.findtext("a:updated", namespaces=NS) == "2026-11-23T00:00:00Z"
