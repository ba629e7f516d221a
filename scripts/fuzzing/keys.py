"""Random keys at the prompt, on a terminal of its own: scripts/fuzz-keys [SECONDS [SEED]]."""

import argparse
import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from . import folders, values
from .statements import Statements

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
CONTROLS = [bytes([n]) for n in range(1, 32) if n not in (0x11, 0x13, 0x1A, 0x1C)] + [b"\x7f"]
SEQUENCES = [
    b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1bOA", b"\x1bOH",
    b"\x1b[1;5C", b"\x1b[1;5D", b"\x1b[1;3C", b"\x1b[3~", b"\x1b[3;5~", b"\x1b[5~", b"\x1b[Z", b"\x1bb",
    b"\x1bf", b"\x1bd", b"\x1b\x7f", b"\x1bu", b"\x1b.", b"\x1b", b"\x1b[", b"\x1b[200~", b"\x1b[201~",
    b"\x1b[200~select 1;\nselect 2;\n\x1b[201~", b"\x1b[999;999R", b"\x1b]0;title\x07", b"\x18\x05",
    b"\x12", b"\xff\xfe", b"\xc3", b"\xe2\x80", "é".encode(), "👩‍👩‍👧".encode(), b"\x00"]
# What no program needs to write to a terminal: C1, and what turns the direction of a line.
FORBIDDEN = re.compile("[\u0080-\u009f\u202a-\u202e\u2066-\u2069]")


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/fuzz-keys")
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    parser.add_argument("seed", nargs="?", type=int, default=1, help="0 takes others each time")
    parser.add_argument("--program", type=lambda text: Path(text).resolve(),
                        default=ROOT / ".build/release/segq")
    options = parser.parse_args()
    seed = options.seed or random.SystemRandom().randrange(1 << 40)
    deadline = time.monotonic() + options.seconds
    prompts = keys = found = 0
    while time.monotonic() < deadline and found < 20:
        prompt = Prompt(options.program, seed + prompts)
        prompts += 1
        fault = prompt.play(deadline)
        keys += prompt.keys
        if fault:
            found += 1
            print(f"prompt {seed + prompts - 1}: {fault}\n  kept in {prompt.keep()}", flush=True)
        shutil.rmtree(prompt.folder, ignore_errors=True)
    print(f"{prompts} prompts from seed {seed}, {keys} keys and texts typed, {found} findings")
    sys.exit(1 if found else 0)


class Prompt:
    """One program at a terminal, and who types."""

    def __init__(self, program: Path, seed: int) -> None:
        self.r = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="segq-keys-"))
        self.statements = Statements(self.r, folders.make(self.r, self.folder).columns)
        self.keys = 0
        self.typed, self.shown = bytearray(), bytearray()
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "SWIFT_BACKTRACE": os.environ.get("SWIFT_BACKTRACE", "enable=no"), "ASAN_OPTIONS": "detect_leaks=0",
            "EDITOR": "true", "PAGER": "cat"}
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(self.folder)
            os.execve(program, ["segq", "--no-init", "--safe", "."], environment)
        self._resize()

    def play(self, deadline: float) -> str | None:
        fault = None if self._waited_for(b"\x1b[?2004h") else self._end()
        for round in range(12):
            if fault or not self.pid or time.monotonic() > deadline:
                break
            for _ in range(self.r.randrange(1, 60)):
                self._type(self._some())
            fault = self._check_alive(round)
        os.close(self.terminal)
        if not self._ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            return fault or "does not end with its terminal"
        return fault or self._fault_shown()

    def _some(self) -> bytes:
        dice = self.r.random()
        if dice < 0.35:
            return self.r.choice(SEQUENCES)
        if dice < 0.55:
            return self.r.choice(CONTROLS)
        if dice < 0.75:
            return self.r.choice([b" ", b"\t", b"'", b"(", b"|", b",", b"\\", b"s", b"e", b"5"])
        if dice < 0.85:
            return values.text(self.r).encode()
        text = self.statements.any().replace("\x00", "").encode()
        return text[: self.r.randrange(len(text) + 1)] if self.r.random() < 0.5 else text + b"\r"

    def _type(self, keys: bytes) -> None:
        self.keys += 1
        if self.r.random() < 0.02:
            self._resize()
        # What is typed is shown; what of the store is shown is looked at.
        keys = FORBIDDEN.sub("", keys.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape")
        self.typed += keys
        self._send(keys)
        self._read(self.r.choice([0, 0, 0, 0.002, 0.02]))

    def _send(self, keys: bytes) -> None:
        try:
            while keys:
                self._read(0)
                _, ready, _ = select.select([], [self.terminal], [], 1)
                if not ready:
                    return
                keys = keys[os.write(self.terminal, keys[:256]):]
        except OSError:
            pass

    def _resize(self, *size: int) -> None:
        rows, columns = size or (self.r.choice([1, 2, 5, 24, 60]), self.r.choice([1, 2, 10, 80, 200]))
        size = struct.pack("HHHH", rows, columns, 0, 0)
        try:
            fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)
        except OSError:
            pass

    def _read(self, wait: float) -> bool:
        """Takes what is shown; false at the end."""
        while True:
            ready, _, _ = select.select([self.terminal], [], [], wait)
            if not ready:
                return True
            try:
                new = os.read(self.terminal, 1 << 16)
            except OSError:
                return False
            if not new:
                return False
            self.shown += new
            wait = 0

    def _waited_for(self, text: bytes) -> bool:
        until = time.monotonic() + PATIENCE
        while text not in self.shown and time.monotonic() < until:
            if not self._read(0.2):
                return False
            if self.shown.endswith(b"takes 1: "):
                # A question about a file, for which Enter takes the first answer.
                self._send(b"\r")
        return text in self.shown

    def _check_alive(self, round: int) -> str | None:
        """Whatever was typed, Ctrl-C gives a new line, on which a statement is answered."""
        until = time.monotonic() + PATIENCE
        start = len(self.shown)
        wanted = f"alive{round * 7919}".encode()
        self._resize(24, 80)
        while time.monotonic() < until:
            # Ends a paste, a search, a page and a line.
            self._send(b"\x1b[201~\x03\x03")
            self._read(0.1)
            self._send(f"echo 'alive' || {round} * 7919\r".encode())
            for _ in range(20):
                if not self._read(0.05):
                    return self._end()
                if wanted in self.shown[start:]:
                    return None
        return f"no answer after {PATIENCE} s"

    def _end(self) -> str | None:
        """The program has ended: by a `quit` that was typed, or not as it should."""
        for _ in range(100):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
                self.pid = 0
                if os.WIFSIGNALED(status):
                    return f"ended by {signal.Signals(os.WTERMSIG(status)).name}"
                return self._restarted()
            time.sleep(0.05)
        return "closed its terminal and goes on"

    def _restarted(self) -> str | None:
        code = os.WEXITSTATUS(self.status)
        return None if code in (0, 1, 3, 130) else f"exit code {code}"

    def _ended(self) -> bool:
        if not self.pid:
            return True
        for _ in range(PATIENCE * 20):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGHUP:
                    self.shown += f"Crash: {signal.Signals(os.WTERMSIG(status)).name}".encode()
                return True
            time.sleep(0.05)
        return False

    def _fault_shown(self) -> str | None:
        text = self.shown.decode("utf-8", "replace")
        for word in ["Sanitizer", "Fatal error", "Crash:", "runtime error:"]:
            if word in text:
                return f"{word!r} was shown"
        if found := FORBIDDEN.search(text):
            return f"U+{ord(found[0]):04X} was written to the terminal"
        return None

    def keep(self) -> Path:
        kept = ROOT / f".build/fuzz-keys/{self.folder.name}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder, kept)
        (kept / "typed.bin").write_bytes(self.typed)
        (kept / "shown.bin").write_bytes(self.shown)
        return kept


if __name__ == "__main__":
    main()
