"""The text of a page is all that it shows; what it hides is kept as layers."""

import pytest

from gravamen.sources import Captured, SourceError, capture


def page(html: str | bytes) -> Captured:
    data = html if isinstance(html, bytes) else html.encode()
    return capture(data, id="s.page", name="page.html")


def layers(captured: Captured) -> list[tuple[str, str]]:
    text = captured.text
    return [(layer.kind, text.text[layer.start : layer.end]) for layer in text.layers]


def test_nothing_that_a_page_shows_is_dropped() -> None:
    captured = page(
        """<!doctype html><html><head><title>Norrland Watch</title><style>p {color: red}</style>
        </head><body><nav><a href=/>Home</a></nav><h1>The night of 3 March</h1>
        <p>Five men were <b>taken</b><sup>1</sup> from
           their homes.</p><aside class=correction>Correction: four men.</aside>
        <table><caption>Those taken</caption><tr><th>Name<th>Age<tr><td>A. Ilen<td><p>31</p>
        <tr><td>B. Oren<td></table>
        <ul><li>one<li>two</ul><pre>kept   as
  it is</pre><details><summary>More</summary>Unfolded</details>
        <input value="Filled in"><footer>1. Statement of a neighbour<br>By telephone</footer>
        <script>var hidden = "<p>no text</p>"</script></body></html>After the end"""
    )
    assert captured.text.text == (
        "Norrland Watch\nHome\n\nThe night of 3 March\n\nFive men were taken1 from their homes.\n\n"
        "Correction: four men.\nThose taken\nName\tAge\nA. Ilen\t31\nB. Oren\t\none\ntwo\n\n"
        "kept   as\n  it is\n\nMore\nUnfolded\nFilled in\n1. Statement of a neighbour\n"
        "By telephone\nAfter the end"
    )
    assert captured.source.media_type == "text/html"
    assert captured.text.extractor == "gravamen.html"
    assert captured.text.version.startswith("1 (lxml ")
    assert layers(captured) == []


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<span style='color:red; DISPLAY : none'>unseen <i>words</i></span>", "hidden"),
        ("<span style=visibility:hidden>unseen words</span>", "hidden"),
        ("<span hidden>unseen words</span>", "hidden"),
        ("<span style='opacity: 0'>unseen words</span>", "hidden"),
        ("<span style='color:red;font-size:0px'>unseen words</span>", "hidden"),
        ("<noscript>unseen words</noscript>", "hidden"),
        ("<template>unseen words</template>", "hidden"),
        ("<input type=hidden value='unseen words'>", "hidden"),
        ("<input type=password value='unseen words'>", "hidden"),
        ("<!-- unseen words -->", "comment"),
        ("<img src=x alt='unseen words'>", "alternative"),
        ("<input placeholder='unseen words'>", "alternative"),
        ("<abbr title='unseen words'></abbr>", "alternative"),
        ("<img src=x title='unseen words'>", "alternative"),
    ],
)
def test_what_is_not_shown_stands_after_its_block_as_a_layer(html: str, kind: str) -> None:
    captured = page(f"<p>They took {html}five men.</p><p>Next.</p>")
    assert captured.text.text == "They took five men.\nunseen words\n\nNext."
    assert layers(captured) == [(kind, "unseen words")]
    assert captured.text.layers[0].at == len("They took")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # Hidden from a voice that reads the page aloud, and seen by everybody else.
        ("<p>They took <span aria-hidden=true>five</span> men.</p>", "They took five men."),
        ("<p style='opacity:0.5;font-size:0.9em'>faint</p>", "faint"),
        ("<select><optgroup label='Prisons'><option>Lower Quay</select>", "Prisons\nLower Quay"),
        ("<p><input value=one><input type=number value=2><input type=date value=2020-01-03></p>",
         "one 2 2020-01-03"),
        ("<p>map</p><svg><text>Port Amel</text><text>Lower Quay</text></svg>",
         "map\n\nPort Amel\nLower Quay"),
        ("<p>before</p><iframe srcdoc='<p>a &amp;lt;frame&amp;gt;</p>'>old</iframe><p>after</p>",
         "before\na <frame>\nold\n\nafter"),
    ],
    ids=range(6),
)  # fmt: skip
def test_what_a_reader_sees_is_no_layer_wherever_it_is_written(html: str, text: str) -> None:
    captured = page(html)
    assert captured.text.text == text
    assert "hidden" not in [kind for kind, words in layers(captured) if words != "old"]


def test_frames_within_frames_are_read_to_a_depth_and_kept_as_they_stand_beyond_it() -> None:
    html = "innermost"
    for n in range(6):
        inner = html.replace("&", "&amp;").replace("'", "&#39;")
        html = f"<p>frame {n}</p><iframe srcdoc='{inner}'>"
    text = page(html).text.text
    assert text.startswith("frame 5\nframe 4\nframe 3\nframe 2\n")
    assert "<p>frame 1</p>" in text and "innermost" in text


def test_a_page_with_few_words_and_scripts_is_said_to_be_perhaps_written_by_them() -> None:
    script = "<script>document.write('They took five men.')</script>"
    assert [n.id for n in page(f"<p>Loading</p>{script}").source.notices] == ["scripts"]
    assert page(f"<p>{'They took five men. ' * 50}</p>{script}").source.notices == ()


def test_layers_within_hidden_blocks_keep_their_places() -> None:
    captured = page("<p>A</p><div hidden><p>B<!-- c --></p><p>D</p></div><p>E</p>")
    assert captured.text.text == "A\nB\nc\n\nD\n\nE"
    assert sorted(layers(captured)) == [("comment", "c"), ("hidden", "B\nc\n\nD")]


def test_what_is_hidden_at_the_start_of_a_block_follows_that_block() -> None:
    captured = page("<p>A</p><p><!-- c -->B</p><div hidden>D</div><p>E</p>")
    assert captured.text.text == "A\n\nB\nc\nD\n\nE"
    assert [(x.kind, x.at) for x in captured.text.layers] == [("comment", 3), ("hidden", 6)]


def test_words_are_quoted_across_inline_markup_and_hidden_words() -> None:
    captured = page("<p>the <a href=x>guards</a> <span hidden>never </span>beat <i>him</i></p>")
    assert "the guards beat him" in captured.text.text


@pytest.mark.parametrize(
    ("data", "text", "notice"),
    [
        ("<meta charset=windows-1251><p>Северск".encode("cp1251"), "Северск", None),
        ("<meta charset=windows-1251><p>Северск".encode(), "Северск", "charset-misdeclared"),
        ("<meta charset=iso-8859-1><p>“Zürich”".encode("cp1252"), "“Zürich”", None),
        ("<meta charset=klingon><p>Zürich".encode(), "Zürich", "charset-misdeclared"),
        ("<meta charset=utf-8><p>Zürich in May".encode("cp1252"), "Zürich in May",
         "encoding-assumed"),
        ("<meta charset=shift_jis><p>a\xff\xfe b".encode("latin-1"), "aÿþ b",
         "charset-misdeclared"),
        ('<?xml version="1.0" encoding="koi8-r"?><html><p>Северск'.encode("koi8-r"), "Северск",
         None),
        ("<p>Zürich".encode("utf-16"), "Zürich", None),
    ],
)  # fmt: skip
def test_the_encoding_is_that_of_the_bytes_and_a_false_declaration_is_said(
    data: bytes, text: str, notice: str | None
) -> None:
    captured = page(data)
    assert captured.text.text.endswith(text)
    assert (notice in [n.id for n in captured.source.notices]) is (notice is not None)


def test_frames_are_said_because_what_they_show_is_not_in_the_file() -> None:
    captured = page("<p>x</p><iframe src='https://norrland.example/list.html'></iframe>")
    assert captured.source.notices[0].id == "frames"
    assert "https://norrland.example/list.html" in captured.source.notices[0].message


def test_a_page_of_comments_alone_is_not_an_error() -> None:
    captured = page("<!doctype html><!-- only this -->")
    assert layers(captured) == [("comment", "only this")]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "end" + "</div>" * 100_000,
        "<div hidden>" * 100_000 + "end",
        "<table><tr><td>" * 30_000 + "end",
        "<b><p>" * 30_000 + "end",
        "<p>" + "<!-- x -->" * 50_000 + "end",
        "<p>" + "&amp;" * 100_000 + "end",
    ],
)
def test_deeply_nested_or_swollen_pages_are_read_to_their_end_in_time(html: str) -> None:
    assert "end" in page(html).text.text


def test_a_stretch_beyond_what_the_parser_takes_is_refused_and_not_cut_off() -> None:
    with pytest.raises(SourceError, match="a stretch of text or an attribute of more than 10 MB"):
        page("<p>" + "x" * 11_000_000 + "</p><p>end")


def test_a_page_cannot_fetch_or_expand_what_it_declares() -> None:
    captured = page(
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "expanded">]>'
        "<html><p>&x;&y;</p></html>"
    )
    assert "expanded" not in captured.text.text.replace('"expanded"', "")
    assert "&x;&y;" in captured.text.text
