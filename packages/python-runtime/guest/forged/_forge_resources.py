"""`importlib.resources` over the host's supplies: data files of packages, such as the time zones."""

import io
from importlib.resources.abc import Traversable, TraversableResources

from _forge import supply


class Reader(TraversableResources):
    def __init__(self, package):
        self._package = package

    def files(self):
        return Resource(self._package.replace(".", "/"))


class Resource(Traversable):
    def __init__(self, path):
        self._path = path

    @property
    def name(self):
        return self._path.rpartition("/")[2]

    def __truediv__(self, child):
        return Resource(f"{self._path}/{child}")

    def joinpath(self, *descendants):
        return Resource("/".join((self._path, *map(str, descendants))))

    def is_file(self):
        return supply("resource:" + self._path) is not None

    def is_dir(self):
        return supply("folder:" + self._path) is not None

    def iterdir(self):
        names = supply("folder:" + self._path)
        if names is None:
            raise NotADirectoryError(20, "Not a directory", self._path)
        return (Resource(f"{self._path}/{name}") for name in names.decode().split("\n") if name)

    def read_bytes(self):
        data = supply("resource:" + self._path)
        if data is None:
            raise FileNotFoundError(2, "No such file or directory", self._path)
        return data

    def open(self, mode="r", *args, **kwargs):
        stream = io.BytesIO(self.read_bytes())
        return stream if "b" in mode else io.TextIOWrapper(stream, *args, **kwargs)
