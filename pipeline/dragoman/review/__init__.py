"""`dragoman review`: a page to correct a run on, served to this machine only.

run, texts ─ material ─┐
corrections ─ journal ─┴─ desk ─ page (NiceGUI) ─ guard ─► browser
"""
