import ast
import operator
from collections.abc import Mapping

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluate_formula(formula: str, cells: Mapping[str, float]) -> float:
    """Compute a formula such as `=(B2 - B3) * 1.19`.

    Raises:
        ValueError: It is not arithmetic on numbers and known cells.
        ZeroDivisionError: It divides by zero.
    """

    def compute(node: ast.expr) -> float:
        # Only these forms are computed; calls, attributes, subscripts and "**" end in the error below.
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=name) if name in cells:
                return cells[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -compute(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return OPERATORS[type(op)](compute(left), compute(right))
        raise ValueError(f"not allowed in a formula: {ast.unparse(node)}")

    if len(formula) > 200:
        raise ValueError("the formula is too long")
    try:
        return compute(ast.parse(formula.lstrip("= "), mode="eval").body)
    except SyntaxError as error:
        raise ValueError(f"malformed formula: {error.msg}") from None
