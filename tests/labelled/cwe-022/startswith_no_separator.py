# vulnerable: the prefix test lacks a separator, so a sibling folder such as public_old passes
import os

BASE = "/srv/site/public"


def read_public(name):
    target = os.path.abspath(os.path.join(BASE, name))
    if not target.startswith(BASE):
        raise PermissionError(name)
    with open(target) as handle:
        return handle.read()
