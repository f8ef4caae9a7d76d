"""A run each night by itself (spec: promises.md, 12 and 13; commands.md, [daemon]).

What decides is pure: due.py (the night's run), answering.py (the box "Sync now"), school_time.py (a change
by day), waits.py. What acts is thin: child.py (a run is a process of its own), charge.py (one workbook),
loop.py (signals and the ticker). pandas is never loaded here.
"""
