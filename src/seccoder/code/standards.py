"""Says by which standard C and C++ are parsed, compiled, analysed, run and proven; also copied into the sandbox.

One source has one standard, whoever reads it. A compiler's own default differs from version to version: C++ is C++17
for gcc 11 to 15 and C++20 for gcc 16, and C is C17 for gcc 8 to 14 and C23 for gcc 15. What gcc 14 and clang 16 made
errors although many programs do it, such as calling a function without its header, stays a warning. It imports nothing,
because it is beside the code that builds programs in the sandbox.
"""

STANDARDS = {"c": "gnu11", "cpp": "gnu++20"}
_NO_ERRORS = ("implicit-function-declaration", "implicit-int", "int-conversion", "incompatible-pointer-types")
# The options of gcc, g++, clang and clang++, which all of them know.
OPTIONS = {
    "c": [f"-std={STANDARDS['c']}", *(f"-Wno-error={name}" for name in _NO_ERRORS)],
    "cpp": [f"-std={STANDARDS['cpp']}"],
}
