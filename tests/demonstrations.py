"""Demonstrations for tests of stores: numbered, so that no two are alike."""

from seccoder.types import Demonstration, Proof, ProofLevel, Provenance


def demonstration(number=0, *, language="python", cwes=("CWE-22",), level=ProofLevel.ASSERTED, **more):
    about = {"task": f"task {number}", "code": f"secure({number})\r\n", "vulnerable": f"twin({number})\n", **more}
    return Demonstration(language=language, cwes=cwes, proof=Proof(level), origin=Provenance("test"), **about)
