"""wait_green.py URL SECONDS: wait until /healthz is green, print its findings; exit code 1 when time ran out."""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request

_PAUSE_SECONDS = 0.5
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # this machine itself, never a proxy


def ask(url: str) -> dict | None:
    """The answer of /healthz, green or not; None while there is none."""
    try:
        # Whatever address the program listens on, this name is always allowed.
        with _opener.open(urllib.request.Request(url, headers={"Host": "127.0.0.1"}), timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        try:
            return json.load(error)
        except ValueError:
            return {"green": False, "findings": [{"well": False, "sentence": f"Trang web báo lỗi {error.code}."}]}
    except (OSError, ValueError):
        return None


def main(url: str, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    answer = ask(url)
    while not (answer and answer["green"]) and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
        answer = ask(url)
    if answer is None:
        answer = {"green": False, "findings": [{"well": False, "sentence": "Trang web chưa trả lời."}]}
    for finding in answer["findings"]:
        print("  ✓" if finding["well"] else "  ✗", finding["sentence"])
    return 0 if answer["green"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
