"""What the host offers beside models: `tools.NAME(argument=…)`."""

from _json import encode_basestring as _quote

import platform_sdk
from _sdk_requests import to_json
from platform_sdk import AIError, _ask


class Tool:
    """One of the host's tools. Call it with keyword arguments; what it returns is a value of JSON."""

    def __init__(self, label, name, description, ask):
        self.__name__ = name
        self.__doc__ = description
        self._label = label
        self._ask = ask

    def __call__(self, /, *positional, **arguments):
        where = f"{self._label}.{self.__name__}()"
        if positional:
            raise TypeError(f"{where} takes arguments by name only, such as {self.__name__}(name=value)")
        pairs = [f"{_quote(name)}:{to_json(where, name, value)}" for name, value in arguments.items()]
        return self._ask(f'"name":{_quote(self.__name__)},"arguments":{{{",".join(pairs)}}}')

    def __repr__(self):
        return f"<tool {self.__name__!r}>"


class Tools:
    """The host's tools by name. What there is depends on the host and on its policy for this plugin."""

    def __init__(self, label, ask):
        # Under names that no tool has.
        self.__label, self.__ask = label, ask

    def __getattr__(self, name):
        # Python itself asks for such names, to see what an object can do.
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        tool = self.__find(name)
        if tool is None:
            raise AttributeError(_no_tool(name), name=name, obj=self)
        return tool

    def __getitem__(self, name):
        tool = self.__find(name)
        if tool is None:
            raise KeyError(_no_tool(name))
        return tool

    def __iter__(self):
        return iter(_offered())

    def __dir__(self):
        try:
            return [*_offered()]
        except AIError:
            return []

    def __repr__(self):
        return f"<{self.__label}>"

    def __find(self, name):
        offered = _offered()
        return Tool(self.__label, name, offered[name], self.__ask) if name in offered else None


def _offered():
    """Descriptions by name. The host is asked once in a run."""
    offered = platform_sdk._run.get("tools")
    if offered is None:
        listed = _ask("list_tools", "{}")
        offered = platform_sdk._run["tools"] = {each["name"]: each.get("description") for each in listed}
    return offered


def _no_tool(name):
    offered = ", ".join(_offered())
    return f"there is no tool {name!r}; " + (f"there are: {offered}" if offered else "this run has no tools")


tools = Tools("tools", lambda fields: _ask("call_tool", f"{{{fields}}}"))
