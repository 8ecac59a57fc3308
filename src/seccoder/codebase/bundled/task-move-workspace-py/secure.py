import sqlite3


def move_task(db: sqlite3.Connection, workspace: int, task: int, project: int) -> bool:
    """Move a task to a project, both of the same workspace; return False if one of them is not there."""
    # Every id of the request is checked, also that of the destination: it is as easily changed as the task's.
    query = """
        UPDATE tasks SET project = :project
        WHERE id = :task
          AND project IN (SELECT id FROM projects WHERE workspace = :workspace)
          AND :project IN (SELECT id FROM projects WHERE workspace = :workspace)
    """
    with db:
        cursor = db.execute(query, {"workspace": workspace, "task": task, "project": project})
    return cursor.rowcount == 1
