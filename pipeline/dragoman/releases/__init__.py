"""Releases: the knowledge under `models/` frozen, with what it scored, so that a run can name it and go back to it.

`store` keeps them (`models/releases/<id>/`), `scores` measures, `gate` refuses what is worse, `comparing` tells two
apart. Nothing here deletes a release: later ones hold only the files that changed and point into earlier ones.
"""
