"""Dates: every temporal expression of a text, with its span, its EDTF value and its TIMEX3 value."""

from dragoman.dates.finding import find

__all__ = ["find"]
