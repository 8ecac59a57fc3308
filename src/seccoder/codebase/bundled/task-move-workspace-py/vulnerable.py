import sqlite3


def move_task(db: sqlite3.Connection, workspace: int, task: int, project: int) -> bool:
    """Move a task to a project, both of the same workspace; return False if one of them is not there."""
    query = """
        UPDATE tasks SET project = :project
        WHERE id = :task
          AND project IN (SELECT id FROM projects WHERE workspace = :workspace)
          AND EXISTS (SELECT 1 FROM projects WHERE id = :project)
    """
    with db:
        cursor = db.execute(query, {"workspace": workspace, "task": task, "project": project})
    return cursor.rowcount == 1
