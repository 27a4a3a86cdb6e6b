"""The folder of a case on disk: its lock, and files that are whole or not there at all."""

import errno
import fcntl
import glob
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader, FileIO
from pathlib import Path

import msgspec

from gravamen.casefile.chain import Head
from gravamen.casefile.entries import RecordError
from gravamen.values import canonical

LEDGER, HEAD, LOCK, BLOBS = "ledger.jsonl", "head.json", "lock", "blobs"
LEDGER_NEW, HEAD_NEW = "ledger.jsonl.new", "head.json.new"
LOCK_TIMEOUT_S = 30.0
MAX_HEAD_BYTES = 1000
READ_BYTES = 2**17


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the one lock of a case; whoever only reads may share it with other readers.

    Raises:
        RecordError: another program held it for longer than LOCK_TIMEOUT_S.
    """
    try:
        handle = _open_lock(folder, create=not shared)
    except OSError as error:
        raise RecordError(
            f"The lock of the case in {folder} cannot be opened ({error.strerror}); make the "
            "folder yours to read and write."
        ) from None
    if handle is None:
        yield
        return
    try:
        _take(handle, folder, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _open_lock(folder: Path, *, create: bool) -> int | None:
    """Open the lock file; None where it is missing and whoever only reads does not make it.

    It is missing too from a folder in which nobody can write.
    """
    flags = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    with suppress(PermissionError):
        try:
            if create:
                return os.open(folder / LOCK, flags | os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            if error.errno != errno.EROFS:
                raise
    try:
        return os.open(folder / LOCK, flags | os.O_RDONLY)
    except FileNotFoundError:
        return None


def _take(handle: int, folder: Path, how: int) -> None:
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    pause = 0.001
    while True:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise RecordError(
                    f"Another program has held the case in {folder} for {LOCK_TIMEOUT_S:.0f} "
                    "seconds; let it finish, or end it, and try again."
                ) from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)


def open_plain(path: Path) -> BufferedReader:
    """Open a file to read, if it is a plain file: no link, pipe or device is followed.

    Raises:
        OSError: it is not there or cannot be read.
        RecordError: it is no plain file.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        handle = os.open(path, flags)
    except OSError:
        if path.is_symlink():
            raise RecordError(f"{path} is a link; a case holds plain files only.") from None
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise RecordError(f"{path} is no plain file; a case holds plain files only.")
    return BufferedReader(FileIO(handle, "rb"), READ_BYTES)


def write_all(handle: int, data: bytes) -> None:
    """Write all of the data to an open file and wait until the disk has it."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
    os.fsync(handle)


def write_new(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file that is not there yet, and wait until the disk has it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(path, flags, mode)
    try:
        write_all(handle, data)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Wait until the disk has the names of a folder's files."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(folder: Path, name: str, new: str, data: bytes) -> None:
    """Put a file in the place of another: afterwards it is wholly the one or wholly the other."""
    (folder / new).unlink(missing_ok=True)
    write_new(folder / new, data)
    (folder / new).rename(folder / name)


def write_head(folder: Path, head: Head) -> None:
    """Write down where the record ends."""
    replace(folder, HEAD, HEAD_NEW, canonical(head) + b"\n")


def read_head(folder: Path) -> Head:
    """Read where the record says that it ends.

    Raises:
        RecordError: head.json is missing, or is no head.
    """
    try:
        with open_plain(folder / HEAD) as file:
            data = file.read(MAX_HEAD_BYTES)
        head = msgspec.json.decode(data, type=Head)
    except OSError as error:
        raise RecordError(
            f"{folder / HEAD} cannot be read ({error.strerror}), so nothing tells whether the end "
            "of the ledger was cut off; restore it from a copy."
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordError(
            f"{folder / HEAD} is damaged ({error}); restore it from a copy."
        ) from None
    if canonical(head) + b"\n" != data:
        raise RecordError(f"{folder / HEAD} was changed; restore it from a copy.")
    return head


@contextmanager
def built_beside(target: Path) -> Iterator[Path]:
    """Give an empty folder to build in, which then becomes the target whole, or vanishes.

    What a builder of the same target left that was killed vanishes too: it holds case data.

    Raises:
        RecordError: the target is there already and holds something, or cannot be made.
    """
    if target.is_symlink() or (target.exists() and not _empty_folder(target)):
        raise _taken(target)
    building: Path | None = None
    handle = -1
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target)
        building, handle = _begun(target)
        yield building
        sync_folder(building)
        building.rename(target)
        sync_folder(target.parent)
    except BaseException as error:
        if building is not None:
            _remove(building)
        if not isinstance(error, OSError):
            raise
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise _taken(target) from None
        raise RecordError(
            f"{target} cannot be made ({error.strerror}); choose a folder you may write in, with "
            "room enough."
        ) from None
    finally:
        if handle >= 0:
            os.close(handle)


def _taken(target: Path) -> RecordError:
    return RecordError(f"{target} is there already; name a folder that is not.")


def _building(target: Path) -> str:
    """How the names of folders begin in which a target is built, and of no others."""
    return f".{target.name}.gravamen-"


def _begun(target: Path) -> tuple[Path, int]:
    """Make a folder to build in, and hold it, so that no other builder takes it for abandoned."""
    while True:
        building = Path(tempfile.mkdtemp(prefix=_building(target), dir=target.parent))
        with suppress(FileNotFoundError):
            handle = os.open(building, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            with suppress(OSError):  # a network file system may lock no folders; then none is taken
                fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink > 0:
                return building, handle
            os.close(handle)


def _remove_abandoned(target: Path) -> None:
    """Remove the folders of builders that were killed: nobody holds them any more."""
    for folder in target.parent.glob(f"{glob.escape(_building(target))}*"):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
            finally:
                os.close(handle)


def _empty_folder(path: Path) -> bool:
    return path.is_dir() and next(path.iterdir(), None) is None


def _remove(folder: Path) -> None:
    """Remove what was being built, which nobody else has seen."""
    for base, folders, files in os.walk(folder, topdown=False):
        for name in files:
            (Path(base) / name).unlink(missing_ok=True)
        for name in folders:
            (Path(base) / name).rmdir()
    with suppress(FileNotFoundError):
        folder.rmdir()
