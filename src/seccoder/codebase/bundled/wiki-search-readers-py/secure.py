import sqlite3

READABLE = "space IN (SELECT space FROM readers WHERE user = :user)"


def read_page(db: sqlite3.Connection, user: str, page: int) -> tuple[str, str] | None:
    """Return title and text of a page, or None if there is no such page for this user."""
    query = f"SELECT title, text FROM pages WHERE id = :page AND {READABLE}"
    return db.execute(query, {"page": page, "user": user}).fetchone()


def search(db: sqlite3.Connection, user: str, word: str) -> tuple[int, list[str]]:
    """Return how many pages that the user may read contain the word, and the titles of the first ten."""
    # The same condition as for reading, inside the query: a total or a title already tells what a page says.
    found = f"FROM pages WHERE instr(lower(title || ' ' || text), lower(:word)) AND {READABLE}"
    values = {"word": word, "user": user}
    (total,) = db.execute(f"SELECT count(*) {found}", values).fetchone()
    titles = [title for (title,) in db.execute(f"SELECT title {found} ORDER BY title LIMIT 10", values)]
    return total, titles
