#!/usr/bin/env bash
# tree-sitter-typescript: the grammar reports errors in TypeScript that has been valid for years, such as variance marks
# (TypeScript 4.7) and `export type *` (5.0), so an error of the grammar does not say that a file is wrong. Of its two
# grammars, `tsx` also refuses a cast in angle brackets, which is valid in a `.ts` file only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check tree-sitter==0.25.2 tree-sitter-typescript==0.23.2
(cd "$folder" && npm install --silent --no-audit --no-fund typescript@5.9.3 > /dev/null)
cd "$folder"
printf 'export interface Source<out T> { get(): T; }\n' > variance.ts
printf 'export type * from "./variance";\n' > types.ts
printf 'declare const value: unknown;\nexport const text = <string>value;\n' > cast.ts
venv/bin/python - <<'END'
import json
import subprocess
from importlib.metadata import version
from pathlib import Path

import tree_sitter_typescript
from tree_sitter import Language, Parser

compiler = json.loads(Path("node_modules/typescript/package.json").read_text())["version"]
print(f"TypeScript {compiler}, tree-sitter-typescript {version('tree-sitter-typescript')}; expected: no errors")
wanted = {"variance.ts": (True, True), "types.ts": (True, True), "cast.ts": (False, True)}
for name, errors in wanted.items():
    tsc = subprocess.run(["node_modules/.bin/tsc", "--noEmit", "--strict", name], capture_output=True, text=True)
    grammars = (tree_sitter_typescript.language_typescript, tree_sitter_typescript.language_tsx)
    trees = [Parser(Language(each())).parse(Path(name).read_bytes()) for each in grammars]
    seen = tuple(tree.root_node.has_error for tree in trees)
    print(f"{name}: tsc {'accepts it' if tsc.returncode == 0 else tsc.stdout}; errors in `typescript`, `tsx`: {seen}")
    assert tsc.returncode == 0 and seen == errors, "one of them changed"
END
