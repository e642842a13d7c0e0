"""Imports the standard library from the host: compiled code over `_forge.supply`, no file system."""

import sys
from _forge import supply
from _frozen_importlib import ModuleSpec
from marshal import loads

_IS_PACKAGE = 1


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        code = supply("module:" + name)
        if code is None:
            return None
        is_package = code[0] == _IS_PACKAGE
        folder = "/lib/" + name.replace(".", "/")
        file = folder + "/__init__.py" if is_package else folder + ".py"
        spec = ModuleSpec(name, Loader, origin=file, loader_state=code, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations.append(folder)
        return spec

    @staticmethod
    def invalidate_caches():
        pass


class Loader:
    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        spec = module.__spec__
        code = spec.loader_state
        if type(code) is bytes:
            spec.loader_state = None
        else:
            # A lazy loader keeps something of its own there.
            code = supply("module:" + spec.name)
        _call_with_frames_removed(exec, loads(memoryview(code)[1:]), module.__dict__)

    @staticmethod
    def is_package(name):
        return supply("module:" + name)[0] == _IS_PACKAGE

    @staticmethod
    def get_code(name):
        return loads(memoryview(supply("module:" + name))[1:])

    @staticmethod
    def get_source(name):
        return None

    @staticmethod
    def get_data(path):
        data = supply("resource:" + path.removeprefix("/lib/"))
        if data is None:
            raise FileNotFoundError(2, "No such file or directory", path)
        return data

    @staticmethod
    def get_resource_reader(name):
        from _forge_resources import Reader

        return Reader(name)


def _call_with_frames_removed(function, *arguments):
    """By this name and that of the file, which is build/freeze.py's, CPython knows what tracebacks leave out."""
    return function(*arguments)


sys.meta_path.insert(2, Finder)
