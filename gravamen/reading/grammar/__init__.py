"""Grammar: a shallow parse of a sentence by rules: words, verb groups, their subjects and objects.

It knows the little words and some hundred verbs; what it does not know it takes for a noun. It is
never asked for a tree, only for what stands before and after a verb.
"""

from gravamen.reading.grammar.groups import Group
from gravamen.reading.grammar.parse import Parse, parse
from gravamen.reading.grammar.phrases import Chunk
from gravamen.reading.grammar.tokens import Token

__all__ = ["Chunk", "Group", "Parse", "Token", "parse"]
