"""Models run by PyTorch and transformers, and what was trained on top of them. Nothing else imports torch."""
