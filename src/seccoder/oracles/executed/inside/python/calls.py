"""Runs in the sandbox, in a child process: loads the code under test and calls its entry points one by one.

Foreign code shares this process, so what it reports is a claim, which is judged outside.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, B905, D102, D103, S102, S112
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import base64
import inspect
import io
import json
import os
import re
import sys
import time
import types

import arguments
import databases
import instrument
import network
import observe
import stand_ins
import wsgi
from compose import compose, join_package
from shells import Answer, Shell
from telling import BODY, tell

APP = "/box/app"
ENVIRONMENT = {"wsgi.url_scheme": "http", "HTTP_HOST": "localhost", "REQUEST_METHOD": "GET", "PATH_INFO": "/"}
exit_now = os._exit


class Recorder:
    """Records what an attempt did, as audit events show it. An audit hook cannot be removed."""

    WANTED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "open", "compile", "exec")
    FILES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.listdir", "os.scandir", "os.truncate")
    FILES += ("shutil.", "glob.")
    OTHER = ("pickle.find_class", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "os.chmod")

    def __init__(self):
        self.events, self.absent, self.on, self.path = [], [], False, f"{APP}/app.py"
        self.fault = False

    def line(self):
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.path:
                return frame.f_lineno
            frame = frame.f_back
        return None

    def hook(self, event, arguments):
        if not self.on or len(self.events) > 200:
            return
        if event in self.WANTED or event.startswith(self.FILES) or event in self.OTHER:
            if event == "exec" or (event == "open" and not isinstance(arguments[0], (str, bytes))):
                return
            if event == "compile":
                arguments = (arguments[0],)
            self.on = False
            try:
                if (line := self.line()) is not None:
                    if event == "os.chmod":
                        self.events.append(["mode.before", repr(before(arguments[0]))[:600], line])
                    self.events.append([event, repr(arguments)[:600], line])
                    if event != "compile":
                        self.fail(OSError("the operation failed"))
                    if event == "open" and not exists(arguments[0]):
                        self.miss(arguments[0])
            finally:
                self.on = True

    def fail(self, error):
        """Let this operation fail, if it is the first one of an attempt in which one has to."""
        if self.fault:
            self.fault = False
            raise error

    def miss(self, path):
        """Remember a file that the code under test looked for and that is not there."""
        path = os.path.abspath(os.fsdecode(path))
        if path not in self.absent and len(path) < 300:
            self.absent.append(path)

    def stat(self, path, *arguments, **options):
        """Stand in for `os.stat`, which has no audit event. Code uses it to ask whether a file exists."""
        try:
            return real_stat(path, *arguments, **options)
        except FileNotFoundError:
            if self.on and isinstance(path, (str, bytes, os.PathLike)) and self.line() is not None:
                self.miss(path)
            raise

    def starts(self):
        """Start programs beside this process that would take its place or come from a fork of it."""
        import pwd
        import subprocess

        def replaced(path, words, env=None):
            raise SystemExit(subprocess.call(list(words), executable=path, env=env))

        def spawned(mode, path, words, env, _):
            process = subprocess.Popen(list(words), executable=path, env=env)
            return process.wait() if mode == os.P_WAIT else process.pid

        def looked_up(name):
            if self.on and (line := self.line()) is not None:
                self.events.append(["os.ask", repr((name,)), line])
            return pwd.struct_passwd((str(name), "x", 1000, 1000, "", f"/home/{name}", "/bin/sh"))

        os.execv, os.execve, os._spawnvef, pwd.getpwnam = replaced, replaced, spawned, looked_up


real_stat, exists = os.stat, os.path.lexists


def before(path):
    """Return a file's path, with the mode and the size that it has before its mode is changed."""
    try:
        found = real_stat(path)
        return str(path), found.st_mode & 0o7777, found.st_size
    except (OSError, TypeError, ValueError):
        return str(path), 0, 0


recorder = Recorder()
place = [""]  # the name of the code under test among the files of its package


def load(main=False, dialect="sqlite"):
    """Load the code under test as a module, maybe of a package. Names that are defined nowhere in it get stand-ins."""
    with open(f"{APP}/app.py", encoding="utf-8", errors="surrogateescape") as stream:
        text = stream.read()
    module = types.ModuleType("__main__" if main else "app")
    module.__file__ = f"{APP}/app.py"
    sys.modules[module.__name__] = module
    join_package(module, place[0])
    code = instrument.rewritten(text, module.__file__)
    for name in instrument.unknown:
        module.__dict__[name] = arguments.unknown(name, dialect)
    exec(code, module.__dict__)
    return module


def required(function):
    """Return the number of positional arguments that a function needs."""
    return function.__code__.co_argcount - len(function.__defaults__ or ())


def prepare(module):
    """Call what must be called first: functions without parameters whose names say that they set something up."""
    for name, value in list(vars(module).items()):
        if isinstance(value, types.FunctionType) and required(value) == 0:
            if name.startswith(("create_", "init", "setup", "configure", "make_", "build_")):
                try:
                    made = value()
                    if made is not None and getattr(module, "app", 0) is None:
                        module.app = made
                except Exception:
                    continue


def makes_app(value):
    """Guess whether a function builds an application, from its name and from whether it needs no arguments."""
    return isinstance(value, types.FunctionType) and "app" in value.__name__ and required(value) == 0


def find_app(module):
    flask = sys.modules.get("flask")
    if flask is None:
        return None
    for value in vars(module).values():
        if isinstance(value, flask.Flask):
            return value
    for value in list(vars(module).values()):
        if makes_app(value):
            try:
                if isinstance(made := value(), flask.Flask):
                    return made
            except Exception:
                continue
    for value in vars(module).values():
        if isinstance(value, flask.Blueprint):
            made = flask.Flask("app", root_path=APP)
            made.register_blueprint(value)
            return made
    return None


def shown(value):
    """Return the bytes of whatever a function returned."""
    if value is None or isinstance(value, Shell):
        return b""
    if isinstance(value, bytes):
        return value[:BODY]
    if isinstance(value, str):
        return value[:BODY].encode("utf-8", "replace")
    if hasattr(value, "get_data"):
        value.direct_passthrough = False
        return value.get_data()[:BODY]
    return shown(value.read()) if hasattr(value, "read") else str(value)[:BODY].encode("utf-8", "replace")


MAGIC = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "jpeg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "pdf": b"%PDF-1.4\n",
}


def call_route(app, entry, values, case):
    client = app.test_client()
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.secret_key = app.secret_key or "key"
    path, parts = (
        entry["rule"],
        {"query": {}, "form": {}, "json": {}, "cookie": {}, "header": {}, "session": {}, "file": {}},
    )
    body = None
    for (kind, name), value in zip(entry["slots"], values):
        if kind == "path":
            path = path.replace("<" + name + ">", value if entry["raw"] else quote(value))
        elif kind == "body":
            body = value
        elif kind == "file":
            content = MAGIC.get(value.lower().rpartition(".")[2], b"") + entry["upload"].encode()
            parts["file"][name] = (
                io.BytesIO(content),
                value,
                *([case["content_type"]] if "content_type" in case else []),
            )
        elif kind == "json" and "json" in case and value == case["value"]:
            parts["json"][name] = case["json"]
        else:
            parts[kind][name] = value
    with client.session_transaction() as session:
        session.update(parts["session"])
    for name, value in parts["cookie"].items():
        client.set_cookie(name, value)
    options = {"query_string": parts["query"], "method": entry["method"], "headers": parts["header"]}
    if parts["json"]:
        options["json"] = parts["json"]
    elif parts["form"] or parts["file"]:
        options["data"] = {**parts["form"], **parts["file"]}
    elif body is not None:
        options["data"] = body
    answer = client.open(path, **options)
    return {
        "status": answer.status_code,
        "type": answer.headers.get("Content-Type", ""),
        "headers": dict(answer.headers),
        "body": answer.get_data()[:BODY],
    }


def quote(value):
    from urllib.parse import quote as quoted

    return quoted(value, safe="/.")


def call_function(module, app, entry, values, dialect):
    target = module
    for part in entry["name"].split("."):
        if isinstance(target, type) and entry["owner"] is not None:
            target = arguments.for_class(target, entry, values, dialect, module)
        target = getattr(target, part)
    if hasattr(target, "main") and hasattr(target, "params"):  # it is a command of click
        flags = [*entry["options"], *[("", "")] * len(values)]
        sys.argv = ["app.py", *command_line([flag for _, flag in flags], values)]
        target.main(sys.argv[1:], standalone_mode=False)
        return {"status": 200, "type": "", "body": b""}
    chosen = arguments.arguments(entry, values, dialect, module)
    mapped = any("header" in name for name in chosen)

    def call():
        result = target(**chosen)
        if inspect.iscoroutine(result):  # a stand-in's answer has every attribute, `__await__` too
            import asyncio

            result = asyncio.run(result)
        if isinstance(result, types.GeneratorType):
            pieces = [piece for _, piece in zip(range(100), result)]  # only pieces of text make one
            result = b"".join(map(shown, pieces)) if all(isinstance(p, (str, bytes)) for p in pieces) else pieces
        status, headers = 200, result if mapped and isinstance(result, dict) else {}
        if isinstance(getattr(result, "status_code", None), int) and hasattr(result, "get_data"):  # it is an answer
            sent = result.get_wsgi_headers(ENVIRONMENT) if hasattr(result, "get_wsgi_headers") else result.headers
            place = sent.get("Location")
            status, headers = result.status_code, {} if place is None else {"Location": place}
        return {
            "status": status,
            "type": kind_of(result),
            "headers": {str(k): str(v) for k, v in headers.items()},
            "body": shown(result),
        }

    if app is not None:
        with app.test_request_context("/"):
            return call()
    return call()


def kind_of(result):
    """Return the content type of what a function returned; what is no text is no page."""
    if isinstance(result, Answer):
        return result.content_type
    if hasattr(result, "get_data"):
        return str(getattr(result, "content_type", ""))
    if isinstance(result, os.PathLike):
        return "application/x-path"
    if hasattr(result, "__html__") and not isinstance(result, Shell):
        return "text/html"
    plain = isinstance(result, (str, bytes, Shell)) or result is None or hasattr(result, "read")
    return "" if plain else "application/x-python-object"


def command_line(flags, values):
    """Return the arguments of a command: an option as `--name=value`, or as two words if its flag is short."""
    words = []
    for flag, value in zip(flags, values):
        words += [f"{flag}={value}"] if flag.startswith("--") else [flag, value] if flag else [value]
    return words


def attempt(state, item):
    entry, values = compose(item["entry"], item["values"])
    for path, content in item.get("files", {}).items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as stream:
            stream.write(base64.b64decode(content))
    os.chdir(APP)
    databases.statements.clear()
    observe.calls.clear()
    observe.matching[0], observe.matched[0] = 0, 0.0
    recorder.events, recorder.absent = [], []
    recorder.fault = bool(item["case"].get("fault"))
    recorder.on = True
    try:
        if entry["kind"] == "route":
            return call_route(state["app"], entry, values, item["case"])
        if entry["kind"] == "function":
            return call_function(state["module"], state["app"], entry, values, state["dialect"])
        if entry["kind"] == "wsgi":
            return wsgi.call_wsgi(getattr(state["module"], entry["name"]), entry, values)
        if entry["kind"] == "handler":
            return wsgi.call_handler(getattr(state["module"], entry["name"].partition(".")[0]), entry, values)
        sys.argv = ["app.py", *command_line(entry["flags"], values)]
        sys.stdin = io.TextIOWrapper(io.BytesIO(("\n".join(values) + "\n").encode("utf-8", "replace")))
        load(main=True)
        return {"status": 200, "type": "", "body": b""}
    finally:
        recorder.on = False


def routes_of(app):
    """Return the routes of an application, each with the name of its view."""
    found = []
    for rule in app.url_map.iter_rules() if app else []:
        if rule.endpoint.endswith("static"):
            continue
        view = app.view_functions[rule.endpoint]
        methods = sorted(set(rule.methods) - {"HEAD", "OPTIONS"}, key=["POST", "PUT", "PATCH", "DELETE", "GET"].index)
        pattern = "".join(f"<{part}>" if dynamic else part for dynamic, part in _trace(rule))
        converters = {name: type(converter).__name__ for name, converter in rule._converters.items()}
        if (owner := getattr(view, "view_class", None)) is not None:  # it has one function for each HTTP method
            names = [(f"{owner.__name__}.{method.lower()}", [method]) for method in methods]
        else:
            names = [(view.__name__, methods)]
        found += [{"rule": pattern, "view": name, "methods": some, "path": converters} for name, some in names]
    return found


def _trace(rule):
    position = 0
    for found in re.finditer(r"<(?:[^<>:]+:)?([^<>]+)>", rule.rule):
        yield False, rule.rule[position : found.start()]
        yield True, found[1]
        position = found.end()
    yield False, rule.rule[position:]


def child(channel, printed, turn, plan, *, alone):
    """Load the code, say what it offers, and make the attempts that come, one after the other.

    With `alone`, the code is not loaded: each attempt runs it as a program.
    """
    os.setsid()
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    stand_ins.install(plan["imports"])
    databases.tell(line=recorder.line, fail=recorder.fail)
    observe.where = recorder.line
    if plan["network"]:
        network.install(Shell)
    observe.install(plan["observe"], plan["imports"])
    sys.addaudithook(recorder.hook)
    os.stat = recorder.stat
    recorder.starts()
    os.chdir(APP)
    sys.path.insert(0, APP)
    sys.argv = ["app.py"]
    place[0] = plan["place"]
    state = {"app": None, "module": None, "dialect": plan["dialect"]}
    offered = {"routes": [], "factories": [], "error": ""}
    recorder.on = True
    try:
        if not alone:
            state["module"] = load(dialect=plan["dialect"])
            prepare(state["module"])
            state["app"] = find_app(state["module"])
            observe.install_after(plan["observe"])
            offered["routes"] = routes_of(state["app"])
            values = list(vars(state["module"]).items())
            offered["factories"] = [name for name, value in values if makes_app(value)] if offered["routes"] else []
    except BaseException as error:
        offered["error"] = f"{type(error).__name__}: {error}"[:300]
    recorder.on = False
    noted = {"events": recorder.events, "sql": list(databases.statements)[:50], "calls": list(observe.calls)}
    told = {"missing": stand_ins.missing, "names": instrument.unknown, "lines": sorted(instrument.covered)}
    tell(channel, {**offered, **told, "loading": noted})
    with os.fdopen(turn, "rb") as asked:
        for line in asked:
            item = json.loads(line)
            began = time.process_time()
            instrument.begin()
            try:
                found = attempt(state, item)
            except BaseException as error:
                found = {"error": f"{type(error).__name__}: {error}"[:300]}
            sys.stdout.flush()
            found["cpu"] = time.process_time() - began
            found["matched"] = found["cpu"] if observe.matching[0] else observe.matched[0]
            found["body"] = base64.b64encode(bytes(found.pop("body", b""))).decode()
            noted = {"events": recorder.events, "sql": list(databases.statements)[:50], "calls": list(observe.calls)}
            asked_for = {
                "lines": sorted(instrument.covered),
                "asked": list(instrument.asked),
                "absent": recorder.absent[:8],
            }
            tell(channel, {"end": {**found, **noted, **asked_for}})
    exit_now(0)
