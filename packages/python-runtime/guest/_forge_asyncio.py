"""An event loop for a world without sockets and threads, where only time can wake a sleeper.

CPython's own loop wakes itself through a pair of sockets, which a guest has not. `asyncio.run`, `sleep`,
`gather`, `timeout`, queues and locks need none of that.
"""

import sys


def install(asyncio):
    """Makes this loop the one that asyncio hands out."""
    import time
    from asyncio.base_events import BaseEventLoop

    class EventLoop(BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = self  # The base class asks it for events, and so to sleep.

        def select(self, timeout):
            if timeout is None:
                raise RuntimeError("every task waits for something that nothing is left to bring about")
            if timeout > 0:
                time.sleep(timeout)
            return ()

        def _process_events(self, events):
            pass

        def _write_to_self(self):
            pass  # It wakes a sleeping loop from another thread; there is none.

    asyncio.DefaultEventLoopPolicy._loop_factory = EventLoop
    asyncio.SelectorEventLoop = asyncio.EventLoop = EventLoop


def install_when_imported():
    """For a runtime that starts cold: does nothing until a plugin imports asyncio."""
    sys.meta_path.insert(0, _Finder)


class _Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "asyncio":
            return None
        from importlib.util import find_spec

        sys.meta_path.remove(_Finder)
        spec = find_spec(name)
        spec.loader = _Loader(spec.loader)
        return spec


class _Loader:
    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def exec_module(self, module):
        self._loader.exec_module(module)
        install(module)
