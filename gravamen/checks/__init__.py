"""Checks: every question asked of a case before it goes out; each yields flags."""

from collections.abc import Callable, Mapping
from datetime import date

from gravamen.case import Case
from gravamen.checks.adoption import (
    agenda_description_misleading,
    agenda_notice_short,
    amendment_lost,
    majority_not_met,
    member_unknown,
    motion_set_aside,
    posting_unproven,
    quorum_not_met,
    steps_missing,
    vote_not_recorded,
)
from gravamen.checks.amendments import letter_unlike_motion, outside_posted_item
from gravamen.checks.asked import Asked
from gravamen.checks.assistance import (
    assistance_refused,
    assistance_sum,
    assistance_without_lines,
    unit_not_compared,
    unit_without_violation,
)
from gravamen.checks.citations import address_form, citation_missing, exhibit_missing
from gravamen.checks.claims import (
    adverse_finding_omitted,
    claim_withdrawn,
    denial_omitted,
    unreviewed_proposal,
)
from gravamen.checks.consents import (
    consent_missing,
    consent_scope,
    protected_words_in_allegation,
    witness_identifiable,
)
from gravamen.checks.dates import (
    date_differs_from_claim,
    date_impossible,
    tenure_outside_acts,
)
from gravamen.checks.dispatch import (
    address_unconfirmed,
    addressee_changed,
    channel_closed,
    duplicate_dispatch,
    signatures_missing,
    still_draft,
)
from gravamen.checks.dossiers import (
    acts_old,
    birth_unknown,
    link_by_rank_only,
    not_asked,
    post_undated,
    submitter_undisclosed,
)
from gravamen.checks.figures import (
    figure_differs_from_claim,
    figure_without_bound,
    figure_without_origin,
)
from gravamen.checks.flag import Check, Flag, Severity
from gravamen.checks.law import (
    already_barred_or_waived_on_date,
    authority_needs_review,
    authority_not_in_force,
    authority_not_named,
    authority_unknown,
    citation_year_stale,
    clock_claimed_not_in_law,
    element_unsupported,
    no_clock_started,
    wrong_prong_for_victims,
)
from gravamen.checks.manual import manual_text
from gravamen.checks.quotes import quote_not_verbatim, quote_out_of_context, translation_unmarked
from gravamen.checks.regimes import (
    act_not_covered,
    argument_missing,
    law_changed_since,
    regime_ends_soon,
    section_missing,
)
from gravamen.checks.replies import reply_before_letter
from gravamen.checks.requests import (
    addressee_not_named,
    assistance_too_broad,
    beyond_body_competence,
    identifiers_missing,
    laws_run_together,
    measure_not_assessed,
    no_person_named,
    no_request,
    office_lacks_power,
    office_unknown,
    target_is_a_state,
)
from gravamen.checks.rewordings import rewording_orphan, sentence_reworded
from gravamen.checks.safety import bidi_control, glyph_missing, homoglyph, protected_name
from gravamen.checks.sentences import (
    mixed_kinds,
    over_length,
    preamble_form,
    requester_unnamed,
    sentence_stale,
    sentence_unbound,
    signatories_unnamed,
)
from gravamen.checks.signatures import (
    key_shared,
    key_unregistered,
    round_without_motion,
    signatory_not_in_office,
    signatures_short,
    text_changed_after_signature,
    unsigned_signatory,
)
from gravamen.checks.sources import (
    adverse_section_empty,
    identifier_without_source,
    key_fact_below_two_origins,
    no_source,
    requester_is_only_source,
    single_origin,
    source_erased,
    source_notices,
)
from gravamen.checks.votes import (
    text_changed_after_vote,
    vote_missing,
    vote_out_of_order,
    vote_rule_unreviewed,
)
from gravamen.checks.words import contested_name, loaded_words, unattributed_characterisation
from gravamen.findings import Finding
from gravamen.law.authority import Law
from gravamen.proceedings import Dispatch
from gravamen.sentences import Instrument, Sentence

__all__ = [
    "CHECKS",
    "Asked",
    "Check",
    "Flag",
    "Severity",
    "check_case",
    "check_dispatches",
    "check_instruments",
    "check_rounds",
    "manual_text",
]

CHECKS: tuple[Check, ...] = (
    # what is asked, of whom, against whom
    no_request, target_is_a_state, no_person_named, identifiers_missing, addressee_not_named,
    office_unknown, office_lacks_power, measure_not_assessed, beyond_body_competence,
    laws_run_together, assistance_too_broad, assistance_without_lines, unit_not_compared,
    unit_without_violation,
    birth_unknown, post_undated,
    # under which law
    authority_not_named, authority_unknown, authority_not_in_force, authority_needs_review,
    citation_missing, citation_year_stale, law_changed_since, regime_ends_soon,
    already_barred_or_waived_on_date, no_clock_started, clock_claimed_not_in_law,
    wrong_prong_for_victims, act_not_covered, element_unsupported, link_by_rank_only, acts_old,
    argument_missing,
    # on what it rests
    no_source, source_erased, identifier_without_source, requester_is_only_source, single_origin,
    key_fact_below_two_origins, adverse_section_empty, source_notices, consent_missing,
    consent_scope, assistance_sum, assistance_refused,
    # in which words
    unattributed_characterisation, contested_name, loaded_words, figure_without_origin,
    figure_without_bound, figure_differs_from_claim, date_impossible, date_differs_from_claim,
    tenure_outside_acts, quote_not_verbatim, quote_out_of_context, translation_unmarked,
    # how it is bound and set
    sentence_unbound, mixed_kinds, sentence_stale, sentence_reworded,
    rewording_orphan, claim_withdrawn, denial_omitted,
    adverse_finding_omitted, exhibit_missing, unreviewed_proposal, preamble_form, over_length,
    section_missing, not_asked, address_form, signatures_short, signatories_unnamed,
    requester_unnamed, submitter_undisclosed,
    # who signs it
    round_without_motion, signatory_not_in_office, unsigned_signatory,
    text_changed_after_signature, key_unregistered, key_shared,
    # what the body did with it
    agenda_notice_short, posting_unproven, agenda_description_misleading, outside_posted_item,
    amendment_lost, letter_unlike_motion, vote_not_recorded, quorum_not_met, majority_not_met,
    motion_set_aside, member_unknown, steps_missing, vote_out_of_order, vote_rule_unreviewed,
    text_changed_after_vote, vote_missing,
    # what may not leave
    protected_name, witness_identifiable, protected_words_in_allegation, bidi_control, homoglyph,
    glyph_missing,
    # how it goes
    still_draft, signatures_missing, addressee_changed, address_unconfirmed, channel_closed,
    duplicate_dispatch,
    # what came back
    reply_before_letter,
)  # fmt: skip


def check_case(
    case: Case, law: Law, findings: tuple[Finding, ...] = (), *, on: date
) -> tuple[Flag, ...]:
    """Ask everything that can be asked of the case itself, the body's own text included.

    Args:
        findings: what `weigh` found; without them the elements of the law are not asked about.
        on: the day on which the request would go out.

    Returns:
        Every flag, in the order of CHECKS.
    """
    asked = Asked(case=case, law=law, findings=findings, on=on)
    return tuple(flag for check in CHECKS if "case" in check.of for flag in check(asked))


def check_instruments(
    case: Case,
    law: Law,
    instruments: tuple[Instrument, ...],
    *,
    on: date,
    covered: Callable[[str], bool] | None = None,
    struck: tuple[Sentence, ...] = (),
) -> tuple[Flag, ...]:
    """Ask everything that can be asked of drafted instruments.

    Args:
        covered: says whether some font at hand has a character; None where nobody can say.
        struck: the sentences that asked for something and that the body struck from its motion.

    Returns:
        Every flag, in the order of CHECKS; none where there is no instrument.
    """
    if not instruments:
        return ()
    asked = Asked(
        case=case, law=law, instruments=instruments, on=on, covered=covered, struck=struck
    )
    return tuple(flag for check in CHECKS if "instruments" in check.of for flag in check(asked))


def check_rounds(
    case: Case,
    law: Law,
    instruments: tuple[Instrument, ...],
    *,
    on: date,
    versions: Mapping[str, str],
) -> tuple[Flag, ...]:
    """Ask everything that can be asked of the rounds of signatures.

    None of it makes a text DRAFT: it is about who signs, not about what is said.

    Args:
        instruments: those that are signed, as the record gives them for the day that each bears.
        versions: the digest of each, as its manifest would name it.

    Returns:
        Every flag, in the order of CHECKS.
    """
    asked = Asked(case=case, law=law, instruments=instruments, on=on, versions=versions)
    return tuple(flag for check in CHECKS if "rounds" in check.of for flag in check(asked))


def check_dispatches(
    case: Case,
    law: Law,
    dispatches: tuple[Dispatch, ...],
    instruments: tuple[Instrument, ...],
    *,
    on: date,
) -> tuple[Flag, ...]:
    """Ask everything that can be asked of dispatches that are about to go.

    Args:
        instruments: those that they carry, as they would go out.

    Returns:
        Every flag, in the order of CHECKS.
    """
    asked = Asked(case=case, law=law, instruments=instruments, dispatches=dispatches, on=on)
    return tuple(flag for check in CHECKS if "dispatch" in check.of for flag in check(asked))
