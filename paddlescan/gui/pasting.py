"""Pictures that were pasted: each becomes a source file of ours, and one that cannot be kept now is not lost."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal, Slot
from PySide6.QtGui import QImage

from paddlescan.disk import wants_room
from paddlescan.errors import DiskFull, ExportFailed, Failure, FolderUnwritable
from paddlescan.export.atomic import write_atomically
from paddlescan.gui.running.controller import BatchController
from paddlescan.store import Store


class PastedPictures(QObject):
    """Keeps them in the order of pasting; what met with trouble is tried again by `retry` and with the next one."""

    trouble = Signal(object)  # Failure: a picture could not be kept; None: all are

    def __init__(self, folder: Path, controller: BatchController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._controller = folder, controller
        self._waiting: list[QImage] = []
        self.failure: Failure | None = None
        """Why the last of them could not be kept; None where all are."""

    @property
    def waiting(self) -> int:
        """Pictures that are not on the disk yet."""
        return len(self._waiting)

    def keep(self, image: QImage) -> None:
        """Keep a picture as a source file and add it to the batch."""
        self._waiting.append(image)
        self.retry()

    @Slot()
    def retry(self) -> None:
        """Keep what is not on the disk yet."""
        pictures, self._waiting, self.failure = self._waiting, [], None
        for image in pictures:
            self._save(image)

    def _save(self, image: QImage) -> None:
        folder = self._folder

        def save(_store: Store) -> list[str]:
            return [str(_save_picture(image, folder))]

        def saved(paths: list[str]) -> None:
            self._controller.add_paths(paths)
            if not self._waiting:
                self.trouble.emit(None)

        def failed(failure: Failure) -> None:
            self._waiting.append(image)
            self.failure = failure
            self.trouble.emit(failure)

        self._controller.desk.ask(save, saved, failed)


def _save_picture(image: QImage, folder: Path) -> Path:
    """Write a picture under a name of its own, whole or not at all. Raises DiskFull, FolderUnwritable."""
    file = folder / f"pasted-{uuid.uuid4().hex[:8]}.png"
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise ValueError("the picture could not be written")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(file, bytes(data.data()), overwrite=False, private=True)
    except DiskFull:
        raise DiskFull(detail="the pasted picture", file=str(folder)) from None
    except ExportFailed as error:
        raise FolderUnwritable(file=str(folder), detail=error.parameters.get("detail", "")) from error
    except OSError as error:
        if wants_room(error):
            raise DiskFull(detail="the pasted picture", file=str(folder)) from error
        raise FolderUnwritable(file=str(folder), detail=error.strerror or type(error).__name__) from error
    return file
