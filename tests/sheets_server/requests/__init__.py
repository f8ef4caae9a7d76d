"""The requests of a batchUpdate, one file a family; registry.py says which function does which.

Each is `function(book, request, context) -> reply`: `book` is a working copy whose dictionaries and lists may
be changed, but the pieces of JSON in them are replaced, never changed in place. What cannot be done raises
`Refused` with Google's sentence.
"""
