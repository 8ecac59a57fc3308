import sqlite3

SCHEMA = """
CREATE TABLE memberships(team TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (team, email));
CREATE TABLE invitations(team TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, invited_by TEXT NOT NULL);
"""
ROLES = ("member", "admin", "owner")


def invite(db: sqlite3.Connection, actor: str, team: str, email: str, role: str = "member") -> None:
    """Invite somebody into a team.

    Owners of the team invite with any role, its admins invite admins and members, its members invite nobody.

    Args:
        db: The database.
        actor: E-mail address of the user who is signed in.
        team: From the request.
        email: Whom to invite, from the request.
        role: Which role they get, from the request.

    Raises:
        PermissionError: If the actor may not do that.
        ValueError: If there is no such role.
    """
