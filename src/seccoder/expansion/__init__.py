"""Grows a secure codebase, which is the offline flow: source -> candidate -> vet -> secure codebase.

`sources` find candidates, `vetting` decides about each of them, and `decisions` keeps what was decided and why.
"""
