# secure: each line is compared with what the folder holds
import os
import sys

FOLDER = "snippets"

for line in sys.stdin:
    wanted = line.strip()
    if wanted in os.listdir(FOLDER):
        with open(os.path.join(FOLDER, wanted)) as snippet:
            print(snippet.read())
