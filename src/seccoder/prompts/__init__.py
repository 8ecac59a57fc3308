"""From demonstrations and a query to the final prompt (paper, step 3), and from a model's text back to code.

`integrate` puts them together, `frames` keeps demonstrations in bounds, `extract` finds the code in an answer, and
`repair` makes the query of the next round from what was wrong with the last.
"""
