"""Signals sent, awaited and handled; timers and alarms: none may leave the interpreter."""
from platform_sdk import send_output
import os, signal

send_output("HELD:before")
hits = []
for number in range(-1, 70):
    for call in (lambda: signal.signal(number, lambda *arguments: None), lambda: signal.siginterrupt(number, True), lambda: signal.pthread_kill(1, number), lambda: os.kill(os.getppid(), number),
                 lambda: os.kill(0, number), lambda: os.kill(-1, number), lambda: os.killpg(0, number), lambda: signal.sigqueue(1, number, 1)):
        try:
            call()
        except Exception:
            pass
for call in (lambda: signal.alarm(1), lambda: signal.setitimer(signal.ITIMER_REAL, 0.001), lambda: signal.set_wakeup_fd(1), lambda: signal.pause(), lambda: signal.sigwait([2]), lambda: signal.sigtimedwait([2], 0.01),
             lambda: signal.raise_signal(0), lambda: signal.raise_signal(10_000), lambda: __import__("_thread").interrupt_main()):
    try:
        call()
    except BaseException:
        pass
