"""From corrections to better rules, and never to worse ones.

an edited spreadsheet (sheet, cellvalues, edits) ─► corrections ─► annotated documents (gold) ─► proposals, judged by
cross-validation over documents (learner) ─► `models/<language>/learned.jsonl` ─► releases
"""
