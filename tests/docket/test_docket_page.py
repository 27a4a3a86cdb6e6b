"""Page: a docket as web pages without a script; nothing in a case can put one there."""

import re
from datetime import date

import lxml.html
import pytest

from gravamen.docket.line import STATES
from gravamen.docket.page import MOST_OPENED, groups, office_file, pages, timeline_file

from .views import docket, due, event, line, several


def tree(data: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(data.decode())


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def test_there_is_an_index_a_page_for_each_office_and_a_picture_for_each_case():
    assert list(pages(several())) == [
        "index.html",
        "office-us.state.secretary.html",
        "office-us.treasury.secretary.html",
        "office-us.president.html",
        "office-uk.fcdo.secretary.html",
        "office-us.senate.banking.html",
        "timeline-quillby-dorvel.svg",
    ]


def test_every_line_is_in_one_group_and_what_needs_you_comes_first():
    found = {g.id: [n.request for n in g.lines] for g in groups(several().lines)}

    assert found == {
        "needs-you": ["r.designate", "r.leahy"],
        "waiting": ["r.visa"],
        "not-sent": ["r.none"],
        "done": ["r.uk"],
    }
    assert next(iter(found)) == "needs-you"


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_place_on_the_page(state):
    lines = groups((line(state=state),))

    assert sum(len(g.lines) for g in lines) == 1
    assert words(tree(pages(docket(line(state=state)))["index.html"])).count("r.visa") == 2


def test_a_proposal_to_decide_needs_you_whatever_the_state():
    (first, *_) = groups((line(state="granted", closed=True, proposed=True),))

    assert first.id == "needs-you" and len(first.lines) == 1


def test_a_line_opens_to_its_events_its_times_and_their_rule():
    root = tree(pages(several())["index.html"])
    (opened,) = [d for d in root.iter("details") if "r.designate" in words(d.find("summary"))]

    told = words(opened)
    assert "23 May 2026: reply: acknowledgement on 2026-05-23. e9, source s.ack" in told
    assert "Proposed; no person accepted it yet." in told
    assert "overdue: determine whether the person engaged in such an activity" in told
    assert "(22 U.S.C. 10102(d), (j)" in told
    assert "Last day: 29 September 2026, 120 calendar days." in told
    assert "Evidence of the start: s.joint." in told
    assert "1 December 2026: ask again Our own day; no law sets it." in told


def test_a_row_says_under_which_law_the_last_event_and_why_the_next_day_matters():
    last = event("2026-06-02", "reply: ack", "y.1", "An acknowledgement.")
    dated = line(
        under="Global Magnitsky Act", last=last, next=date(2026, 12, 1), next_why="our own day: ask"
    )
    for given, expected in (
        (dated, ("Global Magnitsky Act", "2 June 2026: An acknowledgement.",
                 "1 December 2026: our own day: ask")),
        (line(), ("us.sfops.7031c", "none", "no day ahead is set, by law or by us")),
        (line(authority=None, closed=True), ("no law named", "none", "nothing more is awaited")),
    ):  # fmt: skip
        for name in ("index.html", "office-us.state.secretary.html"):
            root = tree(pages(docket(given))[name])
            cells = {td.get("data-head"): words(td) for td in root.iter("td")}
            assert (cells["Under"], cells["Last event"], cells["Next"]) == expected


def test_a_line_without_a_time_in_law_says_so():
    told = words(tree(pages(several())["index.html"]))

    assert "Deadline: no deadline in law: no law on file sets a time" in told


def test_a_time_that_nobody_compared_with_the_law_says_that():
    found = docket(line(clocks=(due(mark="memory"), due("k.2", mark="sourced"))))

    told = words(tree(pages(found)["index.html"]))
    assert told.count("not checked against the law: memory") == 1


def test_a_time_that_did_not_start_shows_no_last_day():
    found = docket(line(clocks=(due(state="not-started", evidence=(), day=None),)))

    told = words(tree(pages(found)["index.html"]))
    assert "not started" in told and "Last day" not in told and "Started:" not in told


def test_the_page_of_an_office_has_its_lines_alone_and_no_score():
    root = tree(pages(several())["office-us.treasury.secretary.html"])
    told = words(root.find(".//main"))

    assert "r.designate" in told and "r.visa" not in told
    assert "1 request sent in 1 letter of 1 case." in told
    assert "9 days (n = 1)" in told
    assert "%" not in told and "score" not in told.casefold()


def test_every_link_leads_to_a_file_that_is_made_or_to_a_part_of_the_page():
    made = pages(several())
    for name, data in made.items():
        if not name.endswith(".html"):
            continue
        root = tree(data)
        ids = {n.get("id") for n in root.iter() if n.get("id")}
        links = [a.get("href", "") for a in root.iter("a")]
        assert links and all((h[1:] in ids) if h.startswith("#") else h in made for h in links)


def test_the_pages_are_sound_for_those_who_do_not_see_them():
    for name, data in pages(several()).items():
        if not name.endswith(".html"):
            continue
        root = tree(data)
        assert root.get("lang") == "en"
        assert all(t.find("caption") is not None for t in root.iter("table"))
        assert all(h.get("scope") in ("col", "row") for h in root.iter("th"))
        ids = [n.get("id") for n in root.iter() if n.get("id")]
        assert len(ids) == len(set(ids))
        heads = [int(n.tag[1]) for n in root.iter("h1", "h2", "h3")]
        assert heads[0] == 1 and all(b - a <= 1 for a, b in zip(heads, heads[1:], strict=False))
        assert all(s.get("aria-label") for s in root.iter("svg"))


def test_a_cell_says_its_column_where_the_head_of_the_table_is_not_seen():
    root = tree(pages(several())["index.html"])

    for row in root.iter("tr"):
        if row.get("class") != "more" and row.getparent().tag == "tbody":
            assert all(cell.get("data-head") for cell in row)


def test_the_pages_hold_all_they_need_and_run_nothing():
    for name, data in pages(several()).items():
        text = data.decode()
        assert "<script" not in text and "javascript:" not in text
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
        if name.endswith(".html"):
            assert "default-src 'none'" in text


def test_hostile_words_are_words_and_nothing_else():
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\x00\u202e'
    found = docket(
        line(
            hostile, case=hostile, title=hostile, target=hostile, office=hostile,
            office_title=hostile, state_text=hostile, next_why=hostile, deadline=hostile,
            reference=hostile, instrument=hostile, dispatch=hostile, chain=(hostile,),
            copies=(hostile,), authority=hostile,
            events=(event("2026-05-14", hostile, hostile, hostile, source=hostile),),
            clocks=(due(hostile, rule=hostile, cite=hostile, who=hostile, silence=hostile,
                        evidence=(hostile,), why=hostile),),
        ),
        notes=(hostile,),
    )  # fmt: skip

    made = pages(found)
    assert all(re.fullmatch(r"[a-z]+(?:-[0-9a-f]{12})?\.(?:html|svg)", name) for name in made)
    for data in made.values():
        root = tree(data)
        assert not list(root.iter("script", "img"))
        assert not [a for n in root.iter() for a in n.attrib if a.startswith("on")]
        assert b"\x00" not in data
    assert "{{7*7}}" in made["index.html"].decode()


def test_words_that_run_from_right_to_left_stay_in_their_place():
    root = tree(pages(docket(line(target="محمد الأحمد", office_title="משרד")))["index.html"])

    assert {"محمد الأحمد", "משרד"} <= {words(b) for b in root.iter("bdi")}


def test_no_file_name_leaves_its_folder():
    assert "/" not in office_file("../../etc/passwd") + timeline_file("a/b") + office_file("..")
    assert office_file("x/y") != office_file("x_y")


def test_a_long_docket_has_its_details_on_the_pages_of_the_offices():
    lines = [
        line(f"r.{n}", office=f"o.{n % 40}", office_title=f"Office {n % 40}", case=f"c.{n % 50}")
        for n in range(10_000)
    ]
    made = pages(docket(*lines))

    index = made["index.html"].decode()
    assert index.count('<tr role="row" class="sent">') == 10_000 > MOST_OPENED
    assert "<details>" not in index
    assert len(made["index.html"]) < 12_000_000
    assert made["office-o.7.html"].decode().count("<details>") == 250
    assert len(made) == 1 + 40 + 50


def test_a_docket_without_a_line_is_a_page_too():
    told = words(tree(pages(docket())["index.html"]))

    assert "0 requests in 0 cases" in told and "No office was asked." in told


def test_the_same_docket_gives_the_same_bytes():
    assert pages(several()) == pages(several())


def test_a_day_open_is_a_number_and_a_day_asked_a_date():
    root = tree(pages(several())["index.html"])

    assert date(2026, 5, 14).isoformat() in [t.get("datetime") for t in root.iter("time")]
    assert "193" in [words(td) for td in root.iter("td") if td.get("class") == "number"]
