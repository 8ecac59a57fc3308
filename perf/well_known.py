"""Counts the files of well-known packages that make a commit fail (`python perf/well_known.py [PART ...]`).

Each file is staged as a new one in a repository that holds the rest of its package, so that every line of it counts,
and `seccoder check --staged` says what it says. In these files a finding is hardly ever a weakness: what is refused
here would be refused in others' sound code. With PARTs only the files whose names hold one of them are checked. Files
of packages that are not installed are left out, and so is JavaScript without npm. C is what Debian's packages have for
developers: functions in headers, and examples. The exit code is 1 if one was refused.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STANDARD = """
base64.py bdb.py cgi.py cmd.py configparser.py csv.py difflib.py fileinput.py ftplib.py getpass.py glob.py gzip.py
html/parser.py http/client.py http/cookies.py http/server.py imaplib.py json/decoder.py logging/handlers.py mailbox.py
mimetypes.py netrc.py pathlib.py pickletools.py plistlib.py poplib.py shelve.py shlex.py shutil.py smtplib.py string.py
tempfile.py textwrap.py timeit.py urllib/parse.py urllib/request.py uuid.py webbrowser.py xmlrpc/client.py zipfile.py
"""
PACKAGES = """
click/core.py click/termui.py click/utils.py
flask/app.py flask/helpers.py flask/sessions.py
itsdangerous/signer.py itsdangerous/serializer.py
jinja2/bccache.py jinja2/filters.py jinja2/loaders.py jinja2/sandbox.py jinja2/utils.py
markupsafe/_native.py
requests/adapters.py requests/auth.py requests/models.py requests/sessions.py requests/utils.py
starlette/responses.py starlette/staticfiles.py starlette/datastructures.py starlette/templating.py
urllib3/connectionpool.py urllib3/fields.py urllib3/response.py urllib3/util/url.py
uvicorn/config.py yaml/loader.py yaml/constructor.py packaging/version.py jwt/api_jws.py jwt/utils.py
werkzeug/formparser.py werkzeug/http.py werkzeug/security.py werkzeug/serving.py werkzeug/urls.py werkzeug/utils.py
anyio/_core/_fileio.py attr/validators.py certifi/core.py charset_normalizer/api.py cloudpickle/cloudpickle.py
cryptography/fernet.py dateutil/parser/_parser.py defusedxml/ElementTree.py filelock/_soft.py
fsspec/implementations/local.py fsspec/utils.py h11/_headers.py httpx2/_auth.py httpx2/_urls.py
huggingface_hub/utils/_headers.py idna/core.py joblib/hashing.py jsonschema/_format.py markdown_it/renderer.py
mdurl/_parse.py pathspec/util.py pip/_internal/utils/hashes.py pip/_internal/utils/unpacking.py platformdirs/unix.py
pluggy/_manager.py pydantic/networks.py pygments/formatters/html.py python_multipart/multipart.py rich/console.py
rich/markup.py setuptools/_distutils/spawn.py setuptools/archive_util.py shellingham/posix/ps.py sse_starlette/sse.py
stevedore/_cache.py tomlkit/parser.py tomlkit/toml_file.py tqdm/utils.py truststore/_api.py typer/main.py
"""
NPM = """
balanced-match/dist/commonjs/index.js brace-expansion/dist/commonjs/index.js chalk/source/index.js cacache/lib/get.js
ini/lib/ini.js minimatch/dist/commonjs/index.js nopt/lib/nopt.js proc-log/lib/index.js semver/classes/semver.js
ssri/lib/index.js tar/dist/commonjs/unpack.js which/lib/index.js
cssesc/cssesc.js hosted-git-info/lib/parse-url.js http-cache-semantics/index.js make-fetch-happen/lib/options.js
ms/index.js negotiator/index.js npm-package-arg/lib/npa.js read-cmd-shim/lib/index.js supports-color/index.js
undici/lib/core/util.js validate-npm-package-name/lib/index.js write-file-atomic/lib/index.js
"""
HEADERS = """
linux/auto_fs.h linux/nilfs2_ondisk.h linux/phonet.h linux/swab.h linux/tipc_config.h linux/usb/audio.h linux/usb/ch9.h
"""
EXAMPLES = """
liblzma-dev/examples/01_compress_easy.c liblzma-dev/examples/02_decompress.c nettle-dev/examples/base16enc.c
nettle-dev/examples/io.c zlib1g-dev/examples/fitblk.c zlib1g-dev/examples/gzjoin.c zlib1g-dev/examples/zpipe.c
"""


def places() -> list[tuple[str, Path]]:
    """Return the name and the place of every file that is there."""
    paths = sysconfig.get_paths()
    roots = [(paths["stdlib"], STANDARD), (paths["purelib"], PACKAGES)]
    roots += [("/usr/include", HEADERS), ("/usr/share/doc", EXAMPLES)]
    if npm := shutil.which("npm"):
        roots.append((str(Path(npm).resolve().parent.parent / "node_modules"), NPM))
    found = [(name, Path(root, name)) for root, names in roots for name in names.split()]
    return [(name, path) for name, path in found if path.is_file()]


def checked(tree: Path, name: str) -> dict[str, Any]:
    """Check one staged file, and return what is said of it."""
    command = [sys.executable, "-m", "seccoder", "check", "--staged", "--json", "--explain", "--no-cache", name]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, check=False)
    (result,) = json.loads(done.stdout)["files"]
    return dict(result)


def main() -> None:
    parts = sys.argv[1:]
    chosen = [(name, path) for name, path in places() if not parts or any(part in name for part in parts)]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        for name, path in chosen:
            top = name.split("/")[0]
            if "/" in name and not (tree / top).exists():
                shutil.copytree(path.parents[name.count("/") - 1], tree / top, ignore_dangling_symlinks=True)
        git = ["git", "-c", "user.name=b", "-c", "user.email=b@example.org"]
        tree.mkdir(exist_ok=True)
        subprocess.run([*git, "init", "-q"], cwd=tree, check=True)
        for name, _ in chosen:
            (tree / name).unlink(missing_ok=True)
        subprocess.run([*git, "add", "."], cwd=tree, check=True)
        subprocess.run([*git, "commit", "-qm", "all but these", "--allow-empty"], cwd=tree, check=True)
        for name, path in chosen:
            shutil.copy(path, tree / name)
        subprocess.run([*git, "add", "-f", "."], cwd=tree, check=True)
        refused = 0
        for name, _ in chosen:
            result = checked(tree, name)
            refused += result["verdict"] == "VULNERABLE"
            print(f"{name}: {result['verdict']} {result['reason']}", flush=True)
            for finding in result["findings"] if result["verdict"] == "VULNERABLE" else ():
                if finding["oracle"] == "executed" or result["evidence"] == "static":
                    print(f"  {finding['line']}: {finding['message']} [{finding['cwe']}] given {finding['given']!r}")
    print(f"{len(chosen)} files, {refused} would make a commit fail")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
