"""The self-contained HTML page of a report: its tree, its text, and every record marked where it stands."""

from govreport_nlp.page.folder import INDEX, PageFolder, write_page, write_pages
from govreport_nlp.page.render import index, listed, page
from govreport_nlp.page.shown import shown

__all__ = ["INDEX", "PageFolder", "index", "listed", "page", "shown", "write_page", "write_pages"]
