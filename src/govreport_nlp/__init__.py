"""Chinese government work reports (政府工作报告) as trees and tables.

>>> import govreport_nlp
>>> report = govreport_nlp.read("corpus/wangshuo-2024.txt")
>>> report.meta.region
'望朔县'
"""

from govreport_nlp.analysis import attention, diffusion, gaps, outcomes, panel, projects_over_time
from govreport_nlp.batch import Corpus, extract_frame
from govreport_nlp.errors import GovReportError
from govreport_nlp.report import Report, parse, read

__all__ = [
    "Corpus",
    "GovReportError",
    "Report",
    "attention",
    "diffusion",
    "extract_frame",
    "gaps",
    "outcomes",
    "panel",
    "parse",
    "projects_over_time",
    "read",
]
__version__ = "0.1.0"
