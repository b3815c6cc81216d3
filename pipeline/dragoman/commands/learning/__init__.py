"""Commands below `dragoman learn`."""
