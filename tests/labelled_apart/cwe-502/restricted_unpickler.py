# secure: only two harmless classes may be looked up
import datetime
import decimal
import io
import pickle

SAFE = {("datetime", "date"): datetime.date, ("decimal", "Decimal"): decimal.Decimal}


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return SAFE[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed") from None


def load_quote(data: bytes):
    return Restricted(io.BytesIO(data)).load()
