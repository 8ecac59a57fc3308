# vulnerable: semicolons and pipes are refused, a dollar and a newline are not
import os


class Thumbnailer:
    BAD = ";|&"

    def __init__(self, tool="convert"):
        self.tool = tool

    def make(self, source):
        if any(character in source for character in self.BAD):
            raise ValueError("forbidden character")
        return os.system(self.tool + " " + source + " thumb.png")
