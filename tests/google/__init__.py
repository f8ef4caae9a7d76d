"""The whole program on a Google workbook, through its command line, the client and real HTTP."""
