# vulnerable: empty builtins do not keep attributes of objects away
import math


def plot_value(expression, x=1.0):
    names = {"__builtins__": {}, "x": x, "sin": math.sin, "cos": math.cos}
    return eval(expression, names)
