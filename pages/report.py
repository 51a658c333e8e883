"""What did this run do? Everything about it on paper."""

from pages.parts.page.frame import page
from pages.parts.page.snapshot.scrubber import first_look
from pages.parts.report.report import STYLE, report

page("report", report, complete_link=first_look, style=STYLE)
