import sqlite3

SCHEMA = """
CREATE TABLE conversations(id INTEGER PRIMARY KEY, buyer TEXT NOT NULL, seller TEXT NOT NULL);
CREATE TABLE messages(
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id),
    author TEXT NOT NULL,
    body TEXT NOT NULL
);
"""


def read_message(db: sqlite3.Connection, user: str, conversation_id: int, message_id: int) -> dict[str, str] | None:
    """Answer GET /conversations/<conversation_id>/messages/<message_id> for the signed-in user.

    Only the buyer and the seller of a conversation may read what is in it.

    Returns:
        The message as {"author": ..., "body": ...}, or None, which becomes a 404.
    """
