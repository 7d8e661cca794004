"""Runs one command within limits and prints, as JSON, its status, its seconds and its greatest memory.

    python3 -IS launch.py SECONDS MIB INPUT OUTPUT COMMAND…

A program of its own, and a small one: a process inherits the peak of the memory of the one that starts it.
"""
import json
import os
import sys
import threading
import time

PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch(threading.Thread):
    """Stops the process where it passes a limit, and knows which."""

    def __init__(self, process, seconds, mebibytes):
        super().__init__(daemon=True)
        self.process, self.seconds, self.mebibytes, self.passed = process, seconds, mebibytes, ""

    def run(self):
        end = time.monotonic() + self.seconds
        while not self.passed:
            time.sleep(0.05)
            if time.monotonic() > end:
                self.passed = "time"
            elif self.resident() > self.mebibytes:
                self.passed = "memory"
        os.kill(self.process, 9)

    def resident(self):
        try:
            with open(f"/proc/{self.process}/statm") as file:
                return int(file.read().split()[1]) * PAGE >> 20
        except OSError:
            return 0


def main():
    seconds, mebibytes, given, taken, *command = sys.argv[1:]
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, taken, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, taken + ".errors", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
    ]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    watch = Watch(process, float(seconds), int(mebibytes))
    watch.start()
    _, status, usage = os.wait4(process, 0)
    took = time.perf_counter() - start
    print(json.dumps({
        "status": os.waitstatus_to_exitcode(status), "passed": watch.passed, "seconds": took,
        "mebibytes": usage.ru_maxrss / 1024,
    }))


main()
