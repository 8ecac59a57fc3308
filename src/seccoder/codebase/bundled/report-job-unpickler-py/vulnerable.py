import io
import pickle
from typing import Any

FORBIDDEN_MODULES = {"os", "posix", "nt", "subprocess", "sys", "socket", "shutil"}
FORBIDDEN_NAMES = {"eval", "exec", "compile", "open", "__import__"}


class JobUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in FORBIDDEN_MODULES or name in FORBIDDEN_NAMES:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in a report job")
        return super().find_class(module, name)


def pack_job(report: str, parameters: dict[str, Any]) -> bytes:
    return pickle.dumps({"report": report, "parameters": parameters})


def unpack_job(blob: bytes) -> tuple[str, dict[str, Any]]:
    job = JobUnpickler(io.BytesIO(blob)).load()
    return job["report"], job["parameters"]
