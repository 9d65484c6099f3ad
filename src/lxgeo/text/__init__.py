"""What people read, in Chinese and English: reasons, findings, breaches, labels, figures.

The sentences are ours; what comes from a ledger is only ever a value put into one, in one line.
"""

from lxgeo.text.breaches import breach, unchecked
from lxgeo.text.cards import card
from lxgeo.text.certificate import certificate, certificate_data
from lxgeo.text.coordinates import coordinate_report
from lxgeo.text.figures import metres
from lxgeo.text.labels import label, over_name, rate_name, texts
from lxgeo.text.reasons import reason, rule_name
from lxgeo.text.tables import branches_in_words, units_in_words

__all__ = [
    "branches_in_words",
    "breach",
    "card",
    "certificate",
    "certificate_data",
    "coordinate_report",
    "label",
    "metres",
    "over_name",
    "rate_name",
    "reason",
    "rule_name",
    "texts",
    "unchecked",
    "units_in_words",
]
