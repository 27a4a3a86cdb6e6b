"""Exports: a case in the forms that other programs read: tables, annotations, FollowTheMoney."""

from gravamen.exports.annotations import annotations
from gravamen.exports.export import FORMS, Form, made_as
from gravamen.exports.followthemoney import Entities, entities
from gravamen.exports.tables import guarded, to_csv, to_xlsx, unguarded

__all__ = [
    "FORMS",
    "Entities",
    "Form",
    "annotations",
    "entities",
    "guarded",
    "made_as",
    "to_csv",
    "to_xlsx",
    "unguarded",
]
