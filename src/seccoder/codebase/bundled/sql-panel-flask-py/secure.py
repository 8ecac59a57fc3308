import html
import sqlite3
from collections.abc import Callable

from flask import Flask, Response, g, request


def install_sql_panel(app: Flask, get_db: Callable[[], sqlite3.Connection]) -> None:
    """List the SQL statements that a page ran below it, for developers who add `?sql` to its address."""

    @app.before_request
    def record() -> None:
        # Who starts the server decides about debug mode; a request only chooses within it.
        if app.debug and "sql" in request.args:
            g.statements = []
            get_db().set_trace_callback(g.statements.append)

    @app.after_request
    def append_panel(response: Response) -> Response:
        if "statements" in g and response.mimetype == "text/html":
            rows = "".join(f"<li><code>{html.escape(statement)}</code></li>" for statement in g.statements)
            response.set_data(f'{response.get_data(as_text=True)}<ol class="sql-panel">{rows}</ol>')
        return response
