"""WeasyPrint sets our pages, tagged as PDF/UA: python bench/peers/weasyprint_pages.py PAGES.json"""

import json
import sys
from pathlib import Path

import weasyprint
from measure import measured, tell


def set_(page: str) -> bytes:
    """A page as a tagged PDF."""
    made: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return made


if __name__ == "__main__":
    tell(measured(set_, json.loads(Path(sys.argv[1]).read_text())))
