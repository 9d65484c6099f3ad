"""A tile server on this machine: each picture has a colour of its own, told by its number."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

SIZE = 256


def colour(x: int, y: int, z: int) -> tuple[int, int, int]:
    """Return the colour of a tile: neighbours differ by far."""
    return (60 + x * 37 % 160, 60 + y * 53 % 160, 60 + z * 71 % 160)


class Tile(BaseHTTPRequestHandler):
    """Answers ``/z/x/y.png`` with a picture of one colour, all else with 404."""

    def do_GET(self) -> None:
        """Send a picture."""
        found = re.fullmatch(r"/(\d+)/(\d+)/(\d+)\.png", self.path)
        if found is None:
            self.send_error(404)
            return
        z, x, y = map(int, found.groups())
        held = io.BytesIO()
        Image.new("RGB", (SIZE, SIZE), colour(x, y, z)).save(held, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(held.getvalue())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def tile_server() -> Iterator[str]:
    """Serve tiles and return the server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tile)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
