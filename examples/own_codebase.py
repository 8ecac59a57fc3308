"""A secure codebase of one's own: add a fix, find it again, look at the history, take it out.

Run: python examples/own_codebase.py
"""

import tempfile
from pathlib import Path

from seccoder import Demonstration, Query, Store, retrieve
from seccoder.types import Proof, ProofLevel, Provenance

FIX = Demonstration(
    language="python",
    cwes=("CWE-89",),
    task="list the open invoices of one customer",
    code="def invoices(db, who):\n    return db.execute('SELECT * FROM invoice WHERE customer = ?', (who,))\n",
    vulnerable="def invoices(db, who):\n    return db.execute(f'SELECT * FROM invoice WHERE customer = {who}')\n",
    proof=Proof(ProofLevel.FIX_COMMIT),
    origin=Provenance(source="our shop", licence="Proprietary", commit="4f1c2d"),
)

with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ours.sqlite") as store:
    store.add([FIX], why="found in review")
    query = Query(task="show the orders of a customer", language="python")
    for hit in retrieve(query, k=1, codebase=str(store.path)):
        print(f"{hit.score:.2f} {hit.demonstration.task}")
    store.remove(FIX.id, why="replaced by a view")
    for change in store.history():
        print(change.version, change.action, change.why)
