"""Two pages for a superior, as a Word document and as a page for the browser."""

from lxgeo.publish.report.write import write_report

__all__ = ["write_report"]
