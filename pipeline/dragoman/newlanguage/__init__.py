"""A new language: its folder under `models/`, with what CLDR knows filled in and stubs for the rest.

`cldr` asks Babel, `dates` turns CLDR's date patterns into rules, `folder` writes the files, `checklist` says what an
incomplete language still lacks.
"""
