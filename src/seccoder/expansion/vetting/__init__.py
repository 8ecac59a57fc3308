"""What a candidate must pass before it is shown to a model: `vet` asks the rules in order, the others serve them."""
