"""Tests of reading/grammar: verb groups, their subjects and objects, noun phrases."""

import pytest

from gravamen.reading.grammar import Parse
from gravamen.reading.grammar.words import lemma


def _parse(text: str) -> Parse:
    return Parse(text, 0, len(text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("killed", ("kill", "past")),
        ("beaten", ("beat", "part")),
        ("denies", ("deny", "s")),
        ("dying", ("die", "ing")),
        ("stopped", ("stop", "past")),
        ("prison", None),
    ],
)
def test_the_base_of_a_verb(word, expected):
    assert lemma(word) == expected


@pytest.mark.parametrize(
    ("text", "subject", "verb", "obj"),
    [
        ("The guards beat the prisoners.", "The guards", "beat", "the prisoners"),
        ("Orvel Zand, the mayor, left the town.", "Orvel Zand", "leave", "the town"),
        ("Guards of the camp in Aresh beat them.", "Guards of the camp in Aresh", "beat", "them"),
    ],
)
def test_subject_and_object_of_the_last_verb(text, subject, verb, obj):
    parse = _parse(text)
    group = parse.groups[-1]
    assert (parse.words(parse.subject(group)), group.lemma) == (subject, verb)
    assert parse.words(parse.object(group)) == obj


@pytest.mark.parametrize(
    ("text", "passive", "negated", "modal"),
    [
        ("They were beaten.", True, False, None),
        ("They did not beat him.", False, True, None),
        ("They should have been released.", True, False, "should"),
        ("They may be released.", True, False, "may"),
    ],
)
def test_a_verb_group_has_voice_negation_and_modal(text, passive, negated, modal):
    (group,) = _parse(text).groups
    assert (group.passive, group.negated, group.modal) == (passive, negated, modal)


def test_the_agent_of_a_passive_follows_by():
    parse = _parse("They were beaten in the camp by two guards and a clerk.")
    (group,) = parse.groups
    assert parse.words(parse.agent(group)) == "two guards and a clerk"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("men, women and children", "men, women and children"),
        ("at least 17 men of the village fled", "at least 17 men of the village"),
        ("military and economic assistance ended", "military and economic assistance"),
        ("the men and they fled", "the men"),
        ("all prisoners and that Velda pay", "all prisoners"),
    ],
)
def test_a_noun_phrase_ends_where_something_else_begins(text, phrase):
    parse = _parse(text)
    assert parse.words(parse.phrase(0)) == phrase
