"""Ids are numbers that anybody can change: no combination may touch or reach another workspace."""

import itertools
import sqlite3

import pytest

import subject

ACME, GLOBEX = 1, 2


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:")
    db.executescript(
        """
        CREATE TABLE projects (id INTEGER PRIMARY KEY, workspace INT);
        CREATE TABLE tasks (id INTEGER PRIMARY KEY, project INT, title);
        INSERT INTO projects VALUES (10, 1), (11, 1), (20, 2), (21, 2);
        INSERT INTO tasks VALUES (100, 10, 'Paint'), (101, 11, 'Sand'), (200, 20, 'Secret'), (300, 99, 'Orphan');
        """
    )
    yield db
    db.close()


def board(db):
    return dict(db.execute("SELECT id, project FROM tasks"))


def test_functional_moving(db):
    assert subject.move_task(db, ACME, 100, 11)
    assert board(db) == {100: 11, 101: 11, 200: 20, 300: 99}
    assert subject.move_task(db, ACME, 100, 10) and subject.move_task(db, GLOBEX, 200, 21)
    assert board(db) == {100: 10, 101: 11, 200: 21, 300: 99}


@pytest.mark.parametrize(("task", "project"), [(100, 98), (999, 10), (200, 10), (300, 10), (0, 0), (100, -1)])
def test_functional_what_is_not_there(db, task, project):
    assert not subject.move_task(db, ACME, task, project)
    assert board(db) == {100: 10, 101: 11, 200: 20, 300: 99}


def test_security_no_task_goes_to_another_workspace(db):
    assert not subject.move_task(db, ACME, 100, 20)
    assert not subject.move_task(db, GLOBEX, 200, 11)
    assert board(db) == {100: 10, 101: 11, 200: 20, 300: 99}


@pytest.mark.parametrize("workspace", [ACME, GLOBEX, 3])
def test_security_tasks_stay_in_their_workspace(db, workspace):
    owner = dict(db.execute("SELECT id, workspace FROM projects"))
    before = {task: owner.get(project) for task, project in board(db).items()}
    for task, project in itertools.product([100, 101, 200, 300], [10, 11, 20, 21, 99]):
        subject.move_task(db, workspace, task, project)
    assert {task: owner.get(project) for task, project in board(db).items()} == before
