"""From files to articles: every record of the input becomes an `Article` or a `Rejection`, in a fixed order.

find files (sources) ─► open (packed) ─► text (encodings) or table (lines, tabular) ─► Article
"""

from dragoman.reading.reader import read
from dragoman.reading.sources import Plan, plan

__all__ = ["Plan", "plan", "read"]
