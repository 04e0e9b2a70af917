"""What researchers make of the tables: the panel of headline targets, outcomes, gaps."""

from govreport_nlp.analysis.gaps import gaps
from govreport_nlp.analysis.outcomes import outcomes
from govreport_nlp.analysis.panel import panel, panel_rows, wide

__all__ = ["gaps", "outcomes", "panel", "panel_rows", "wide"]
