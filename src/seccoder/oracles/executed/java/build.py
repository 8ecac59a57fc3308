"""Builds the harness and the stand-ins for libraries that Java sources are run with, once per JDK.

It takes nothing and returns the archive that lies in the box beside a source. The archive is kept in the folder for
caches under a name that its contents and the JDK make, as it takes seconds to build and holds nothing foreign.
"""

import re
import shutil
from pathlib import Path

from seccoder import sandbox
from seccoder.oracles.executed.traced.kept import kept

INSIDE = Path(__file__).parents[1] / "inside" / "java"
JVM = ("-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx400m", "-XX:-UsePerfData")
EXPORTS = ("--add-exports", "java.base/jdk.internal.org.objectweb.asm=ALL-UNNAMED")
_TEXTS = "value name path params headers consumes produces urlPatterns message"


def harness() -> bytes:
    """Return the archive with the harness and the stand-ins; b"" if it cannot be built here."""
    files = {f"h/{path.name}": path.read_text() for path in INSIDE.glob("*.java")}
    files |= {f"s/{name}": text for name, text in stand_ins().items()}
    javac = Path(shutil.which("javac") or "javac").resolve()

    def make() -> bytes:
        listed = "\n".join(files)
        flags = " ".join([*(f"-J{flag}" for flag in JVM), "-proc:none", "-nowarn", "-XDignore.symbol.file", *EXPORTS])
        outcome = sandbox.run(
            ["sh", "-c", f"javac {flags} -d out @list && jar cf harness.jar -C out ."],
            files={**files, "list": listed},
            keep=["harness.jar"],
            limits=sandbox.Limits(seconds=180, memory_mb=1500, processes=200, disk_mb=128),
        )
        return outcome.files.get("harness.jar", b"")

    return kept("java", [str(javac), *files, *files.values()], make)


def stand_ins() -> dict[str, str]:
    """Return the sources of the stand-ins, by path. What belongs to Java EE is there under both names."""
    found: dict[str, str] = {}
    for part in re.split(r"(?m)^=== ", (INSIDE / "stand_ins.txt").read_text())[1:]:
        head, _, body = part.partition("\n")
        if head == "@annotations":
            for line in body.splitlines():
                package, _, names = line.partition(": ")
                for top in ("javax", "jakarta") if "{S}" in package else ("",):
                    for name in names.split():
                        home = package.replace("{S}", top)
                        found[f"{home.replace('.', '/')}/{name}.java"] = _annotation(home, name)
            continue
        enterprise = head.startswith("servlet/")
        for top in ("javax", "jakarta") if enterprise else ("",):
            path = f"{top}/{head}" if top else head
            package = path.rpartition("/")[0].replace("/", ".")
            text = re.sub(r"\{LOG ([\w ]+)\}", lambda names: _logs(names[1]), body.replace("{S}", top))
            found[f"{path}.java"] = f"package {package};\n{text}"
    web = "org/springframework/web/bind/annotation"
    found[f"{web}/RequestMethod.java"] = (
        "package org.springframework.web.bind.annotation;\n"
        "public enum RequestMethod { GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS }\n"
    )
    return found


def _annotation(package: str, name: str) -> str:
    members = [f"String[] {member}() default {{}};" for member in _TEXTS.split()]
    if name in {"ExceptionHandler", "CrossOrigin"}:
        members = (
            ["Class<?>[] value() default {};"]
            if name == "ExceptionHandler"
            else ["String[] value() default {}; String[] origins() default {};"]
        )
    if name == "ResponseStatus":
        members = ["org.springframework.http.HttpStatus value() default org.springframework.http.HttpStatus.OK;"]
    members += ["boolean required() default true;", 'String defaultValue() default "";']
    members += ["int min() default 0;", "int max() default 0;", 'String regexp() default "";']
    members += [
        "long maxFileSize() default -1;",
        "long maxRequestSize() default -1;",
        "int fileSizeThreshold() default 0;",
    ]
    if name.endswith("Mapping"):
        members.append("org.springframework.web.bind.annotation.RequestMethod[] method() default {};")
    kept_ = "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
    return f"package {package};\n{kept_}\npublic @interface {name} {{ {' '.join(members)} }}\n"


def _logs(names: str) -> str:
    forms = (
        "default void {n}(String text) {{ seccoder.Outside.log(text); }}",
        "default void {n}(String text, Object one) {{ seccoder.Outside.log(text, one); }}",
        "default void {n}(String text, Object one, Object two) {{ seccoder.Outside.log(text, one, two); }}",
        "default void {n}(String text, Object... given) {{ seccoder.Outside.log(text, given); }}",
        "default void {n}(String text, Throwable thrown) {{ seccoder.Outside.log(text, thrown); }}",
        "default void {n}(Object text) {{ seccoder.Outside.log(String.valueOf(text)); }}",
    )
    return "\n".join("    " + form.format(n=name) for name in names.split() for form in forms)
