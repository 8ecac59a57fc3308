"""Runs in the sandbox: turns entry points, benign values and attack values into a list of attempts.

One attempt is one call of one entry point with a value for each of its slots (a route's parameters and request keys, a
function's parameters, a script's arguments). Benign attempts come first and set every slot. An attack sets one slot and
leaves the others as they were in the benign attempt that got furthest.
"""
# ruff: noqa: C901, ANN001, ANN201, ANN202, B905
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import base64

MOST = 700  # the most attempts per source
ROOTS = ("folder", "connection", "cursor", "callable", "request")  # these are no place for a hostile text
NUMERIC = set("age amount count id index k limit n num number offset page port price qty quantity size year".split())
KINDS = {
    "host": ("host", "ip", "addr", "domain", "server", "target"),
    "url": ("url", "uri", "link", "website"),
    "email": ("email", "mail"),
    "file": ("file", "path", "img", "image", "doc", "name", "page", "template", "photo", "report", "attachment", "key"),
    "folder": ("root", "base", "folder", "directory", "dir"),
}


def kind_of(name, annotation, families):
    """Guess from a slot's name what it wants."""
    lowered = name.lower()
    if annotation == "object":
        return "object"
    if annotation in {"int", "float"} or lowered in NUMERIC or lowered.endswith(("_id", "count", "quantity", "number")):
        return "number"
    if lowered.endswith(KINDS["folder"]) or lowered in {"dest", "destination", "dst", "extract_to", "extract_path"}:
        return "folder"
    for kind, parts in KINDS.items():
        if kind == "file" and "paths" not in families and not any(part in lowered for part in ("file", "path")):
            continue
        if kind == "folder" and not lowered.endswith(KINDS["folder"]) and not lowered.startswith(KINDS["folder"]):
            continue
        if any(part in lowered for part in parts):
            return kind
    return "folder" if annotation.rpartition(".")[2] == "Path" else "word"


def entries(plan, found):
    """Return everything that can be called."""
    functions = {function["name"]: function for function in plan["functions"]}
    by_view = {name.rpartition(".")[2]: function for name, function in functions.items()} | functions
    shared = [key for function in functions.values() if not function["decorated"] for key in function["keys"]]
    views = set()
    for route in found:
        function = by_view.get(route["view"])
        views.add(id(function))
        keys = (function["keys"] if function else []) or shared
        slots = [["path", name] for name in route["path"]] + [list(key) for key in keys]
        wants_body = any(kind in {"form", "json", "body", "file"} for kind, _ in keys)
        methods = [m for m in route["methods"] if (m != "GET") == wants_body] or route["methods"]
        notes = ["int" if route["path"].get(slot[1]) == "IntegerConverter" else "" for slot in slots]
        yield {
            "kind": "route", "label": f"{methods[0]} {route['rule']}", "rule": route["rule"], "method": methods[0],
            "raw": False, "slots": slots, "notes": notes, "upload": plan["upload"],
            "line": function["line"] if function else None,
        }  # fmt: skip
    for function in functions.values():
        if found and (function["decorated"] or id(function) in views or function["name"] in plan["factories"]):
            continue
        yield callable_entry(plan, function)
    if plan["script"]:
        arguments = plan["arguments"]
        count = len(arguments) or (plan["argv"] if plan["argv"] > 0 else max(1, plan["stdin"]))
        flags = [flag for _, flag in arguments] or [""] * count
        names = [name for name, _ in arguments] or [f"argument{index}" for index in range(1, count + 1)]
        slots = [["argument", name] for name in names]
        yield {"kind": "script", "label": "script", "slots": slots, "flags": flags, "notes": [""] * count, "line": None}


def callable_entry(plan, function):
    """Return a function's or method's entry. Parameters that can hold a text are slots; the others are made for it."""
    shapes, families = function["shapes"], plan["families"]

    def word(name, note):
        return plan["words"][kind_of(name, note, families)]

    names = [name for name, _ in function["parameters"]]
    slots, notes = [], []
    for name, note in function["parameters"]:
        if shapes.get(name) == "dict":
            mine = [key for parameter, key in function["items"] if parameter == name]
            slots += [["item", key, name] for key in mine]
            notes += [""] * len(mine)
        elif shapes.get(name) not in ROOTS:
            slots.append(["parameter", name])
            notes.append(note)
    if "request" in shapes.values() or names[1:] == ["start_response"] or function["handler"]:
        slots += [list(key) for key in function["keys"]]
        notes += [""] * len(function["keys"])
    owner = function["owner"] or []
    if not slots and not function["handler"]:  # a method without parameters works with the values that made its object
        for name, note in owner:
            if shapes.get(name) not in ROOTS and kind_of(name, note, families) != "folder":
                slots.append(["owner", name])
                notes.append(note)
    kind = "wsgi" if names[1:] == ["start_response"] else "handler" if function["handler"] else "function"
    return {
        "kind": kind, "label": f"{function['name']}()", "name": function["name"], "slots": slots, "notes": notes,
        "parameters": [[name, note, word(name, note)] for name, note in function["parameters"]],
        "owner": None if function["owner"] is None else [[name, note, word(name, note)] for name, note in owner],
        "shapes": shapes, "options": function["options"], "line": function["line"],
    }  # fmt: skip


def usual(plan, entry):
    """Return the first benign values, which are what each slot's name asks for."""
    kinds = [kind_of(slot[1], note, plan["families"]) for slot, note in zip(entry["slots"], entry["notes"])]
    outside = [slot[0] not in {"parameter", "owner"} for slot in entry["slots"]]
    words = {**plan["words"], "request-folder": plan["words"]["word"] + "d"}
    return [words["request-folder" if out and kind == "folder" else kind] for kind, out in zip(kinds, outside)], kinds


def benign(plan, every):
    """Return the positive controls: all slots alike, then one slot after the other with the source's own words."""
    items = []
    for position, entry in enumerate(every):
        first, kinds = usual(plan, entry)
        variants = [first]
        for value in plan["benign"] if entry["slots"] else []:
            fixed = [
                kind == "folder" and slot[0] in {"parameter", "owner"} for kind, slot in zip(kinds, entry["slots"])
            ]
            variants.append([word if same else value for word, same in zip(first, fixed)])
        if plan["distinct"]:
            variants.append([f"{plan['words']['word']}x{index}" for index, _ in enumerate(first)])
        if 1 < len(entry["slots"]) <= 4:
            for slot in range(len(entry["slots"])):
                variants += [[*first[:slot], value, *first[slot + 1 :]] for value in plan["own"]]
        seen = []
        for values in variants:
            if values not in seen:
                seen.append(values)
                number = str(len(items))
                values = [value.replace("{N}", number) for value in values]
                items.append(
                    {"n": len(items), "entry": entry, "position": position, "values": values,
                     "case": {"label": "benign"}, "files": plan["benign_files"]}
                )  # fmt: skip
    return items


def attacks(plan, every, best, start):
    """Return the attacks. Each case goes to every entry point before the next case, so that the limit cuts evenly."""
    items = []

    def add(position, values, case, files):
        number = str(start + len(items))
        values = [value.replace("{N}", number) for value in values]
        items.append(
            {"n": start + len(items), "entry": every[position], "position": position, "values": values, "case": case,
             "files": files}
        )  # fmt: skip

    for case in plan["attacks"]:
        files = case.get("files", {})
        for position, entry in enumerate(every):
            values = best.get(position) or usual(plan, entry)[0]
            if files and not case["value"]:  # the attack is in the files, whatever the call is
                add(position, values, case, files)
                continue
            for slot, made in enumerate(entry["slots"]):
                if case.get("request") and made[0] in {"parameter", "owner", "session"}:
                    continue  # the caller, or the server itself, chooses this folder
                if case.get("family") == "paths" and made[0] == "session":
                    continue
                attacked = list(values)
                if "others" in case:
                    attacked = [
                        case["others"] if kind != "object" else value
                        for value, kind in zip(values, usual(plan, entry)[1])
                    ]
                rest = [value for index, value in enumerate(values) if index != slot]
                chosen = made[0] in {"parameter", "owner"} and usual(plan, entry)[1][slot] == "folder"
                if chosen and len(values) > 1 and case.get("family") in {"paths", "options"}:
                    continue  # the caller chooses this folder
                if "{O}" in case["value"]:  # {O} stands for what the session holds
                    held = [value for value, other in zip(values, entry["slots"]) if other[0] == "session"]
                    for other in dict.fromkeys(held):
                        tried = [*attacked]
                        tried[slot] = case["value"].replace("{O}", other.strip("/").rpartition("/")[2])
                        add(position, tried, case, files)
                    continue
                if "others" in case and not rest:
                    continue
                attacked[slot] = case["value"].replace("{W}", values[slot])
                add(position, attacked, case, files)
    return items[:MOST]


def progress(item, found, inside):
    """Return how far a benign attempt got. It only helps to choose where attacks start, and it never judges."""
    said = base64.b64decode(found.get("body", "")) + base64.b64decode(found.get("printed", ""))
    seen = repr((found.get("events"), found.get("sql"))) + said.decode(errors="replace")
    carried = sum(len(value) > 2 and value in seen for value in item["values"])
    clean = not found.get("error") and not found.get("died") and found.get("status", 0) < 400
    return 8 * (inside in seen) + 4 * clean + carried + bool(found.get("events") or found.get("sql"))
