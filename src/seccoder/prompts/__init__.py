"""Makes the final prompt from demonstrations and a query (paper, step 3), and code from a model's text.

`integrate` puts demonstrations and query together, `frames` keeps demonstrations in bounds, `extract` finds the code in
an answer, and `repair` makes the query of the next round from what was wrong with the last.
"""
