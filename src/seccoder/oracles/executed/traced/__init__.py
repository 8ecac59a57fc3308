"""Holds what the checks of Java and Go share: what a trace reached is attacked, and each operation has its evidence.

`plan` says which benign calls are made first and which attacks follow from them, `report` reads what the box tells,
`operations` says what is known of each sensitive operation, and `check` goes through these steps in order.
"""
