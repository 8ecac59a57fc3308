# secure: literals only
import ast


def parse_point(text):
    x, y = ast.literal_eval(text)
    return float(x), float(y)
