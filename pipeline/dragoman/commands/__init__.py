"""The commands of the command line, one file each; `dragoman.cli` finds them by listing this folder."""
