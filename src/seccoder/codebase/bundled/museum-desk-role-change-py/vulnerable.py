from dataclasses import dataclass

RANKS = {"trainee": 0, "cashier": 1, "supervisor": 2, "admin": 3}


@dataclass
class Person:
    id: int
    desk: str
    role: str


def change_role(actor: Person, person: Person, role: str) -> None:
    if role not in RANKS:
        raise ValueError(f"unknown role: {role}")
    here = actor.role == "admin" or (actor.role == "supervisor" and person.desk == actor.desk)
    if not here:
        raise PermissionError("you cannot give this role")
    person.role = role
