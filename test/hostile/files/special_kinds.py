"""Every call that makes what is no plain file, or asks the kernel for something: pipes, nodes, terminals, locks, mounts."""
from platform_sdk import send_output
import os

hits = []
calls = {
    "mkfifo": lambda: os.mkfifo("/tmp/fifo"), "mknod": lambda: os.mknod("/tmp/node", 0o20666, os.makedev(1, 1)), "openpty": lambda: os.openpty(),
    "pipe": lambda: os.write(os.pipe()[1], b"x"), "memfd": lambda: os.memfd_create("x"), "eventfd": lambda: os.eventfd(1), "chroot": lambda: os.chroot("/"),
    "mount": lambda: os.unshare(0x20000), "pidfd": lambda: os.pidfd_open(1), "sendfile": lambda: os.sendfile(1, 3, 0, 100), "copy": lambda: os.copy_file_range(3, 1, 100),
    "splice": lambda: os.splice(3, 1, 100), "xattr": lambda: os.getxattr("/", "user.x"), "tty": lambda: os.ttyname(0), "size": lambda: os.get_terminal_size(0),
    "fcntl": lambda: __import__("fcntl").fcntl(1, 1), "ioctl": lambda: __import__("fcntl").ioctl(0, 0x5413, b"12345678"), "lock": lambda: __import__("fcntl").flock(3, 2),
    "termios": lambda: __import__("termios").tcgetattr(0), "curses": lambda: __import__("curses").initscr(), "readline": lambda: __import__("readline").read_init_file("/etc/inputrc"),
    "shared memory": lambda: __import__("multiprocessing.shared_memory", fromlist=["x"]).SharedMemory("x", True, 100),
    "posixshmem": lambda: __import__("_posixshmem").shm_open("/x", 66, 0o600), "map": lambda: __import__("mmap").mmap(-1, 4096) and None, "syslog": lambda: __import__("syslog").syslog("x") or 1,
    "users": lambda: __import__("pwd").getpwuid(0), "groups": lambda: __import__("grp").getgrall(), "spwd": lambda: __import__("spwd").getspall(), "nis": lambda: __import__("nis").maps(),
    "resource": lambda: __import__("resource").setrlimit(7, (1, 1)) or 1, "load": lambda: os.getloadavg(), "affinity": lambda: os.sched_getaffinity(0), "sysconf": lambda: os.sysconf("SC_NPROCESSORS_ONLN") - 1,
    "confstr": lambda: os.confstr("CS_PATH") != "/bin:/usr/bin", "times": lambda: os.times().elapsed > 1e9, "sync": lambda: os.sync() or None, "umask": lambda: os.umask(0) and 0,
}
for name, call in calls.items():
    try:
        got = call()
        if got:
            hits.append((name, repr(got)[:50]))
    except BaseException:
        pass
send_output("BREACH:" + repr(hits) if hits else "HELD:%d calls" % len(calls))
