"""What a plugin uses to reach the world: its input, the models it may call, and its output."""

__all__ = ["AIError", "call_ai", "get_input", "list_models", "send_output"]

class AIError(Exception):
    """A call was refused or failed. `code` is for programs, `message` for people."""

    code: str
    message: str
    def __init__(self, code: str, message: str) -> None: ...

def call_ai(model: str, prompt: str) -> str:
    """Asks a model and returns its answer. Raises AIError when the call is refused or fails."""

def get_input() -> str:
    """Returns the run's input, whole and unchanged, the same at every call."""

def list_models() -> list[str]:
    """Returns the names of the models that this run may call."""

def send_output(result: object) -> None:
    """Sends str(result) to the user."""
