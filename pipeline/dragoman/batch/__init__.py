"""Runs of any size: shards of records to worker processes, what is finished kept, the tables written once.

place (lock, building folder) ─► shards (records in, rows in a file each) ─► worker, pool ─► job (the whole run)
"""
