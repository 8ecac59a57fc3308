# secure: only two classes that hold values may be named
import base64
import io
import pickle

ALLOWED = {("datetime", "date"), ("collections", "OrderedDict")}


class Values(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def restore(cookie):
    return Values(io.BytesIO(base64.b64decode(cookie))).load()
