"""Looks into the tablet's storage as somebody would who found the tablet."""

import json

import pytest

DRIVER = """
import { Volunteers } from "./subject.js";
const storage = new Map(), volunteers = new Volunteers(storage);
volunteers.setPassword("ann", "tea & biscuits"); volunteers.setPassword("bo", "tea & biscuits");
const said = { right: [volunteers.check("ann", "tea & biscuits"), volunteers.check("bo", "tea & biscuits")], wrong: [volunteers.check("ann", "tea"), volunteers.check("cy", ""), volunteers.check("ann", "")] };
said.renamed = [volunteers.rename("ann", "bo"), volunteers.rename("zoe", "x"), volunteers.rename("ann", "anna"), volunteers.check("anna", "tea & biscuits"), volunteers.check("ann", "tea & biscuits")];
const seen = [...storage.values()].flatMap((value) => [value, ...["base64", "hex"].map((form) => Buffer.from(value, form).toString("latin1"))]);
said.seen = seen.some((text) => text.includes("biscuits"));
said.distinct = new Set(storage.values()).size;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_passwords_and_names(said):
    assert said["right"] == [True, True] and said["wrong"] == [False] * 3
    assert said["renamed"] == [False, False, True, True, False]


def test_security_the_storage_shows_no_password(said):
    assert not said["seen"] and said["distinct"] == 2
