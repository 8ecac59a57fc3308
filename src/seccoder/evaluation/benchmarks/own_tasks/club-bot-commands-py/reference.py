class ClubBot:
    """Answers the commands in our club's chat: !help, !next, !rating NAME and !join NAME."""

    def __init__(self) -> None:
        self.members = {"ann": 1720, "bob": 1545}
        self.evening = "Friday, 7 pm"

    def help(self) -> str:
        return "Commands: !help, !next, !rating NAME, !join NAME"

    def next(self) -> str:
        return f"We meet on {self.evening}."

    def rating(self, name: str) -> str:
        return f"{name} has {self.members[name]}." if name in self.members else f"I don't know {name}."

    def join(self, name: str) -> str:
        self.members.setdefault(name, 1000)
        return f"Welcome, {name}!"

    def ban(self, name: str) -> str:  # called from the trainer's web page
        self.members.pop(name, None)
        return f"{name} was banned."

    def reset(self) -> str:  # called at the start of the season
        self.members.clear()
        return "A new season!"

    def handle(self, line: str) -> str | None:
        """Answer a line of the chat.

        "!rating ann" is answered with rating("ann"). A command that does not exist, or with too few or too many words,
        is answered with help(); what does not begin with an exclamation mark, not at all (None).
        """
        if not line.startswith("!"):
            return None
        words = line[1:].split()
        commands = {("help", 0): self.help, ("next", 0): self.next, ("rating", 1): self.rating, ("join", 1): self.join}
        command = commands.get((words[0], len(words) - 1)) if words else None
        return command(*words[1:]) if command else self.help()
