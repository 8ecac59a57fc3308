"""Runs what nobody trusts: generated code, its tests, and tools that compile it (`execute` says what the box holds in).

Everything untrusted that is run goes through `run`.
"""

from seccoder.sandbox.execute import Limits, Outcome, SandboxError, run, unavailable

__all__ = ["Limits", "Outcome", "SandboxError", "run", "unavailable"]
