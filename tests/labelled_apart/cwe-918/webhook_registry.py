# secure: the user picks a name, the address comes from a table of ours
import json
import urllib.request

HOOKS = {
    "chat": "https://chat.example.com/hooks/builds",
    "pager": "https://pager.example.com/v2/enqueue",
}


def notify(channel, text):
    if channel not in HOOKS:
        raise KeyError(f"no such channel: {channel}")
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(HOOKS[channel], data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.status
