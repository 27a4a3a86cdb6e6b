"""The datasets that are known: by its header a CSV is one of them, an XML file an activity file."""

from gravamen.aid.files import complete, fmtr, foreignassistance, iati
from gravamen.aid.files.dataset import Dataset
from gravamen.aid.files.printed import Printed


def _generated(printed: Printed) -> str | None:
    return iati.generated(printed.source) if printed.source else None


DATASETS: tuple[Dataset, ...] = (
    fmtr.DATASET,
    foreignassistance.DATASET,
    complete.DATASET,
    iati.DATASET._replace(vintage=_generated),
)
