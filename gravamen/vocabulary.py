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

# Sections of a recommendation dossier, in their order.
DossierSection = Literal[
    "cover", "submitter", "summary", "reasons", "targets", "context", "incidents", "link",
    "corroboration", "legal", "adverse", "interest", "linked", "other_listings", "consent",
    "handling", "attestation", "sources",
]  # fmt: skip

# What an argument is about: why a government should use a power that it need not use.
ArgumentTopic = Literal[
    "interest",  # the national interest or policy that it serves
    "effect",  # what a listing would do
    "risk",  # what could go wrong, and for whom
    "change",  # what conduct would end the matter: the way to be taken off
    "priority",  # the theme of the desk's own policy that it meets
    "purpose",  # deterrence or accountability, as the regulations state their purpose
    "gravity",  # why it is among the gravest
    "relevance",  # to the objectives of a common foreign and security policy
    "sponsor",  # who could propose the listing
    "nexus",  # what ties it to the state that is asked
    "choice",  # why this law and not its sister
    "answer",  # what is answered to a statement that speaks against; `claims` name it
]  # fmt: skip
