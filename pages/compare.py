"""What did the change change? Pinned runs side by side."""

from pages.parts.compare.study import compare
from pages.parts.compare.together import CHOICES
from pages.parts.page.frame import page

page("compare", compare, CHOICES, watches=True)
