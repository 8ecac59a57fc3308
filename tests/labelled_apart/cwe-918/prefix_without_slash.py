# vulnerable: startswith accepts https://api.example.com.evil.net and https://api.example.com@evil.net
import urllib.request


def fetch_report(url):
    if not url.startswith("https://api.example.com"):
        raise ValueError("not our API")
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()
