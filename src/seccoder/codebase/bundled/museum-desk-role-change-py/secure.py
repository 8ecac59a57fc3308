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
    own = RANKS[actor.role]
    # The right to change roles ends at one's own: no higher role, no higher person, not oneself.
    reach = RANKS[role] <= own and RANKS[person.role] <= own and person.id != actor.id
    here = actor.role == "admin" or (actor.role == "supervisor" and person.desk == actor.desk)
    if not (reach and here):
        raise PermissionError("you cannot give this role")
    person.role = role
