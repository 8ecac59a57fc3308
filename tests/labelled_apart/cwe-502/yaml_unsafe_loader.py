# vulnerable: the unsafe loader builds any object
import yaml


def read_settings(text):
    settings = yaml.load(text, Loader=yaml.UnsafeLoader)
    return settings.get("theme", "light") if isinstance(settings, dict) else settings
