"""Holds what a user says about candidates that do not say it themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What a user says about what is read; a field is empty where the user said nothing."""

    language: str = ""
    cwes: tuple[str, ...] = ()
    task: str = ""
    note: str = ""
    licence: str = ""
    added_by: str = ""
