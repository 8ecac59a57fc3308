#!/usr/bin/env bash
# LanceDB: a column of vectors may hold nulls (rows whose vector comes later), and `Table.add` takes such rows. `merge_insert`
# refuses the same rows as vectors of varying length ("Vector column 'vector' has variable length vectors"), although
# their type has a fixed length. It takes them with `on_bad_vectors="null"`, a value that the documentation of its
# `execute` does not list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check lancedb==0.40.0 pyarrow==26.0.1
cd "$folder"
venv/bin/python - <<'END'
import lancedb
import pyarrow as pa

schema = pa.schema([("id", pa.string()), ("vector", pa.list_(pa.float32(), 4))])


def rows(*vectors):
    return pa.Table.from_pylist([{"id": str(i), "vector": each} for i, each in enumerate(vectors)], schema=schema)


def merged(data, **how):
    try:
        table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all().execute(data, **how)
    except Exception as error:
        return f"refused: {str(error)[:110]}"
    return "taken"


table = lancedb.connect("base").create_table("t", schema=schema)
table.add(rows(None, None))
none = merged(rows(None, None))
told = merged(rows(None, None), on_bad_vectors="null")
print(f"lancedb {lancedb.__version__}: add takes rows without a vector")
print(f"expected: merge_insert takes them, too\nseen:     {none}\n          with on_bad_vectors='null': {told}")
assert none.startswith("refused") and told == "taken", "LanceDB changed"
END
