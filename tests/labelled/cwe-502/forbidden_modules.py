# vulnerable: a list of forbidden modules; others of the standard library run code, too
import base64
import io
import pickle


class Careful(pickle.Unpickler):
    def find_class(self, module, name):
        if module.split(".")[0] in ("os", "posix", "sys", "subprocess", "builtins", "shutil"):
            raise pickle.UnpicklingError(f"{module} is forbidden")
        return super().find_class(module, name)


def restore(cookie):
    return Careful(io.BytesIO(base64.b64decode(cookie))).load()
