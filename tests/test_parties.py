"""A party is printed under its name, and never a protected one."""

import msgspec
import pytest

from gravamen.parties import Command, Name, Party, Post


def test_a_party_is_named_by_the_first_of_its_names() -> None:
    party = Party(
        id="p.oren",
        kind="person",
        names=(Name(text="Բ. Օրեն", lang="hy"), Name(text="B. Oren", lang="en", kind="alias")),
    )
    assert party.name == "Բ. Օրեն"


def test_a_protected_party_is_named_by_its_pseudonym_or_by_no_name() -> None:
    names = (Name(text="Anna Ilen"),)
    assert (
        Party(id="p.w3", kind="person", names=names, protected=True, pseudonym="Witness 3").name
        == "Witness 3"
    )
    assert Party(id="p.w3", kind="person", names=names, protected=True).name == (
        "a protected person"
    )


def test_a_party_without_any_name_is_printed_without_one() -> None:
    assert Party(id="p.x", kind="person", names=()).name == "somebody unnamed"


def test_a_pseudonym_does_not_hide_a_party_that_is_not_protected() -> None:
    party = Party(id="p.x", kind="person", names=(Name(text="A. Ilen"),), pseudonym="W")
    assert party.name == "A. Ilen"


def test_posts_and_commands_keep_partial_dates_and_the_claims_that_prove_them() -> None:
    party = Party(
        id="p.dorosh",
        kind="person",
        names=(Name(text="V. Dorosh"),),
        posts=(Post(title="Warden", body="b.camp", start="2018", end="..", claims=("c.1",)),),
        commands=(Command(over="b.guard", start="2018-05", claims=("c.2",)),),
    )
    again = msgspec.json.decode(msgspec.json.encode(party), type=Party)
    assert again == party
    assert (again.posts[0].end, again.commands[0].end) == ("..", None)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "state"}, {"sex": "unknown"}, {"nationality": ["NL"]}, {"names": "A. Ilen"}],
)
def test_an_unknown_kind_sex_or_field_is_refused(wrong: dict[str, object]) -> None:
    right = {"id": "p.x", "kind": "person", "names": [{"text": "A. Ilen"}]}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(right | wrong, Party)
