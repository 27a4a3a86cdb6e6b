"""Sources: bytes in, preserved unchanged; text out; passages by W3C selectors."""

from gravamen.sources.annotation import annotation
from gravamen.sources.capture import Captured, capture, capture_file
from gravamen.sources.extraction import LIMITS, Limits
from gravamen.sources.source import Layer, Notice, Passage, Source, SourceError, Text, locate

__all__ = [
    "LIMITS",
    "Captured",
    "Layer",
    "Limits",
    "Notice",
    "Passage",
    "Source",
    "SourceError",
    "Text",
    "annotation",
    "capture",
    "capture_file",
    "locate",
]
