"""Shelf: the tables that a server holds, so few and so small that any number of viewers can bring theirs.

A table is found by the digest of its bytes: the same file brought by sixty people is held once.
"""

import threading

from nncore.arguments import checked, kind_of, text, whole
from nncore.cache import RecentlyUsed
from nncore.data.borrowed import borrowed, is_borrower
from nncore.data.own.tables import Table

SHELF_BYTES = 64_000_000
PER_VIEWER = 2


class UnknownTable(ValueError):
    """A table that is not there: `digest` is that of its bytes, `file_name` what it was called."""

    def __init__(self, digest: str, file_name: str):
        self.digest, self.file_name = digest, file_name
        super().__init__(f"The table “{file_name}” is not on this server: it needs the file again.")

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        """How another process makes it again."""
        return type(self), (self.digest, self.file_name)


class Shelf:
    """At most `max_bytes` bytes of tables, and of each viewer `per_viewer`, for any number of threads.

    The least recently used make room; the newest is always held. A viewer who brings one more than is allowed gives up the
    one brought first, unless another viewer has it too.
    """

    @checked(max_bytes=whole(0), per_viewer=whole(1))
    def __init__(self, max_bytes: int = SHELF_BYTES, per_viewer: int = PER_VIEWER):
        self.max_bytes, self.per_viewer = max_bytes, per_viewer
        self._tables = RecentlyUsed(max_bytes)
        self._brought: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._tables)

    @property
    def n_bytes(self) -> int:
        """Bytes of all tables that are held."""
        return self._tables.n_bytes

    @checked(table=kind_of(Table), viewer=text)
    def put(self, table: Table, viewer: str) -> None:
        """Holds `table`, which `viewer` brought."""
        with self._lock:
            mine = [digest for digest in self._brought.get(viewer, []) if digest != table.digest] + [table.digest]
            given_up, self._brought[viewer] = mine[: -self.per_viewer], mine[-self.per_viewer :]
            wanted = {digest for brought in self._brought.values() for digest in brought}
            for digest in given_up:
                if digest not in wanted:
                    self._tables.drop(digest)
            self._tables.keep(table.digest, table, table.n_bytes)
            self._forget_viewers()

    @checked(digest=text, file_name=text)
    def get(self, digest: str, file_name: str = "") -> Table:
        """The table with this digest, which was used by this. Raises UnknownTable."""
        with self._lock:
            table = self._tables.get(digest)
        if table is None and is_borrower():
            table = borrowed("table", digest, file_name)
            with self._lock:
                self._tables.keep(digest, table, table.n_bytes)
        if table is None:
            raise UnknownTable(digest, file_name or "the file")
        return table

    def _forget_viewers(self) -> None:
        """Forgets viewers of whom no table is left."""
        self._brought = {
            viewer: left for viewer, brought in self._brought.items()
            if (left := [digest for digest in brought if digest in self._tables])
        }  # fmt: skip


SHELF = Shelf()
