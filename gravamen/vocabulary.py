"""Vocabulary: the closed lists of words that law, claims, parties and requests share.

Acts and measures are those of the reading schema (`gravamen.reading/1`), and a few that only a
person records. An unknown word is an error wherever one of these types is decoded.
"""

from typing import Literal

Act = Literal[
    "killing", "torture", "ill-treatment", "detention", "arrest", "abduction", "disappearance",
    "hostage-taking", "prosecution", "threat", "injury", "sexual-violence", "death-in-custody",
    "death-in-conflict", "missing", "displacement", "blockade", "attack", "occupation",
    "destruction", "pillage", "mining", "military-use", "war-crime", "denial-of-judge",
    "denial-of-lawyer", "denial-of-information", "withholding-remains", "extortion", "command",
    "support", "release", "failure-to-investigate", "corruption", "forced-labour",
]  # fmt: skip

Measure = Literal[
    "sanctions", "visa-ban", "suspend-assistance", "arms-embargo", "investigation", "information",
    "recognition", "release", "access", "legislation", "prevention", "determination",
    "start-clock",
]  # fmt: skip

PartyKind = Literal["person", "unit", "body", "government", "group"]

RoleKind = Literal[
    "alleged-perpetrator", "commander", "victim", "witness", "official", "beneficiary", "supplier",
    "investigator",
]  # fmt: skip

VictimKind = Literal[
    "rights-defender", "journalist", "lawyer", "whistle-blower", "elected-official", "protester",
    "litigant", "captive", "civilian", "combatant", "child",
]  # fmt: skip
