"""What researchers make of the tables: headline targets and outcomes, attention, slogans and projects over time."""

from govreport_nlp.analysis.attention import attention, attention_hits
from govreport_nlp.analysis.diffusion import Diffusion, diffusion
from govreport_nlp.analysis.gaps import gaps
from govreport_nlp.analysis.outcomes import outcomes
from govreport_nlp.analysis.panel import panel, panel_rows, wide
from govreport_nlp.analysis.projects_over_time import ProjectSeries, projects_over_time
from govreport_nlp.analysis.word_lists import WordLists, word_lists

__all__ = [
    "Diffusion",
    "ProjectSeries",
    "WordLists",
    "attention",
    "attention_hits",
    "diffusion",
    "gaps",
    "outcomes",
    "panel",
    "panel_rows",
    "projects_over_time",
    "wide",
    "word_lists",
]
