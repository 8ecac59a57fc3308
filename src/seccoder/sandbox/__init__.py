"""Runs what nobody trusts in a box: generated code, its tests, and the tools that compile it.

Everything untrusted is run by `run`. The module `execute` says what the box holds in.
"""

from seccoder.sandbox.execute import Limits, Outcome, SandboxError, run, unavailable

__all__ = ["Limits", "Outcome", "SandboxError", "run", "unavailable"]
