# vulnerable: chosen by a prefix of the input, one branch unpickles
import base64
import json
import pickle


def decode(message):
    kind, _, body = message.partition(":")
    if kind == "json":
        return json.loads(body)
    return pickle.loads(base64.b64decode(message))
