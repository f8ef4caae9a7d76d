"""The command line: words in, words out, exit codes; no rule of the field. One file a command."""
