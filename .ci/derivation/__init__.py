"""A second derivation of every figure of finished reports, in another engine: SQL in DuckDB over the extract.

It is written from the definitions of the measures and from what the reports' method notes say, and shares no line with the program that made
the reports. Each module derives some tables; `compare` holds them against the reports to the digit, and says which tables are not derived and
why they cannot be.
"""
