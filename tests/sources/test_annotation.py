"""A passage goes out as a W3C annotation that others can resolve."""

from gravamen.sources import Passage, Source, annotation


def test_a_passage_is_a_web_annotation_with_quote_position_and_page() -> None:
    passage = Passage(
        source="s.a", exact="took him", start=9, end=17, prefix="they ", suffix=" away", page=2
    )
    source = Source(
        id="s.a",
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        name="a.pdf",
        media_type="application/pdf",
        size=0,
        url="https://norrland.example/a.pdf",
    )
    assert annotation(passage, source)["target"] == {
        "source": "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        "scope": "https://norrland.example/a.pdf",
        "selector": [
            {"type": "TextQuoteSelector", "exact": "took him", "prefix": "they ",
             "suffix": " away"},
            {"type": "TextPositionSelector", "start": 9, "end": 17},
            {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
             "value": "page=2"},
        ],
    }  # fmt: skip


def test_an_annotation_without_page_or_source_names_the_source_by_its_id() -> None:
    found = annotation(Passage(source="s.a", exact="x", start=0, end=1))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "Annotation"
    assert found["id"].startswith("ni:///sha-256;")
    assert found["target"] == {
        "source": "s.a",
        "selector": [
            {"type": "TextQuoteSelector", "exact": "x"},
            {"type": "TextPositionSelector", "start": 0, "end": 1},
        ],
    }
