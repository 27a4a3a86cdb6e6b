"""Makes a picture of the first page of a PDF: make.py FILE.pdf PICTURE.png."""

import sys

import pypdfium2

DOTS_PER_POINT = 1.25

page = pypdfium2.PdfDocument(sys.argv[1])[0]
picture = page.render(scale=DOTS_PER_POINT).to_pil()
picture.quantize(64).save(sys.argv[2], optimize=True)
