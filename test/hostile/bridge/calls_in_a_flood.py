"""Calls that are refused, logs, progress and questions about models, as many as go: they become slow, and cost nothing else."""
from platform_sdk import call_ai, list_models, log, progress, send_output

send_output("HELD:before")
for turn in range(3_000):
    for call in (lambda: call_ai("gpt-evil", "x"), lambda: call_ai("mistral:latest", "x"), list_models, lambda: log("info", "x" * 1000), lambda: progress(turn / 3_000)):
        try:
            call()
        except Exception:
            pass
