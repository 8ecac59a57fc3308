import io
import pickle
from typing import Any

ALLOWED = {("datetime", "date"), ("decimal", "Decimal")}


class JobUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        # A pickle can name any callable and have it called; each name comes through here, only value types pass.
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in a report job")
        return super().find_class(module, name)


def pack_job(report: str, parameters: dict[str, Any]) -> bytes:
    return pickle.dumps({"report": report, "parameters": parameters})


def unpack_job(blob: bytes) -> tuple[str, dict[str, Any]]:
    job = JobUnpickler(io.BytesIO(blob)).load()
    return job["report"], job["parameters"]
