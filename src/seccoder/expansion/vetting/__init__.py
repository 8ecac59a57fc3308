"""Decides whether a candidate may be shown to a model: `vet` asks the rules in order, the others serve them."""
