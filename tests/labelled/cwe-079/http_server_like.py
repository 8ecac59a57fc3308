# secure: escaped with its quotes, in quotes
import html


class Page:
    def __init__(self, title):
        self.title = title

    def render(self):
        title = html.escape(self.title)
        return f'<!doctype html><title>{title}</title><a title="{title}">{title}</a>'
