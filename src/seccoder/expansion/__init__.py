"""The offline flow, in which a secure codebase grows: source -> candidate -> vet -> secure codebase.

`sources` find candidates, `vetting` decides about each, `decisions` remembers what was decided and why.
"""
