"""Runs models by PyTorch and transformers, with what was trained on top of them. Nothing else imports torch."""
