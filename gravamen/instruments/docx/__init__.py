"""DOCX: an instrument as a Word document whose sentences can be found again after an edit."""

from gravamen.instruments.docx.archive import manifest_in
from gravamen.instruments.docx.document import document

__all__ = ["document", "manifest_in"]
