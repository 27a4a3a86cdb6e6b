"""Values are frozen, take no unknown field, and have one canonical form."""

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.values import GravamenError, Value, canonical, digest, sha256


class Place(Value):
    """A value for these tests."""

    name: str
    within: str | None = None
    size: int = 0


def test_a_value_cannot_be_changed_only_replaced() -> None:
    place = Place(name="Alder")
    with pytest.raises(AttributeError):
        place.name = "Birch"  # type: ignore[misc]
    assert msgspec.structs.replace(place, name="Birch") == Place(name="Birch")


def test_a_value_takes_its_fields_by_name_only() -> None:
    with pytest.raises(TypeError):
        Place("Alder")  # type: ignore[misc]


def test_a_value_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `nmae`"):
        msgspec.json.decode(b'{"name":"Alder","nmae":"x"}', type=Place)


def test_the_canonical_form_is_sorted_compact_utf_8_without_defaults() -> None:
    assert canonical(Place(name="Ծառ", within="b", size=3)) == (
        '{"name":"Ծառ","size":3,"within":"b"}'.encode()
    )
    assert canonical(Place(name="Alder", size=0)) == b'{"name":"Alder"}'
    assert canonical({"b": 1, "a": [True, None]}) == b'{"a":[true,null],"b":1}'


def test_the_digest_is_the_sha_256_of_the_canonical_form() -> None:
    place = Place(name="Alder")
    assert digest(place) == hashlib.sha256(b'{"name":"Alder"}').hexdigest()
    assert digest(place) != digest(Place(name="Alder", size=1))
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.text(), st.none() | st.text(), st.integers(-(2**63), 2**63))
def test_a_value_comes_back_whole_from_its_canonical_form(
    name: str, within: str | None, size: int
) -> None:
    place = Place(name=name, within=within, size=size)
    again = msgspec.json.decode(canonical(place), type=Place)
    assert again == place
    assert canonical(again) == canonical(place)


def test_an_error_of_the_caller_is_a_value_error() -> None:
    assert issubclass(GravamenError, ValueError)
