"""The main job in a few lines: complete code with a secure example in the prompt, and see what running it showed.

Run: python examples/generate.py [MODEL]      MODEL: embedded[:NAME] (default), openai:NAME, ollama:NAME, hf:PATH, fake:
"""

import sys

from seccoder import SecCoder

CODE = '''import sqlite3


def find_user(connection: sqlite3.Connection, name: str):
    """Return the row of the table users whose column name has the given value."""
    cursor = connection.cursor()
'''

with SecCoder(model=sys.argv[1] if len(sys.argv) > 1 else "embedded") as seccoder:
    result = seccoder.generate(CODE, language="python", task="find a user by name", cwe="CWE-89", n=3)

for hit in result.prompt.hits:
    print(f"shown: {hit.demonstration.id} {hit.demonstration.task}")
for sample in result.samples:
    print(f"\n--- {sample.verdict.label} {sample.verdict.reason}\n{sample.code}")
