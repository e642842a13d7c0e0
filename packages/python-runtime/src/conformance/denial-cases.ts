import type { Cases } from "./cases.js";
import { python } from "./python.js";

const paths = [
  "/etc/passwd",
  "etc/passwd",
  "../../../etc/passwd",
  "/../../etc/passwd",
  "/proc/self/environ",
  "/proc/self/cwd/etc/passwd",
  "/dev/null",
  "/dev/urandom",
  "/sys/kernel/hostname",
  "file:///etc/passwd",
  "C:\\\\Windows\\\\win.ini",
  "/tmp/x",
  "~/.bashrc",
  "//etc/passwd",
  "/./etc/passwd",
];

const imported = (module: string, use: string) =>
  `import ${module}\ntry:\n  ${use}\n  print("did it")\nexcept Exception as e:\n  print("refused")`;

/** Modules that can be imported, and a use of each that must fail as an ordinary exception. */
const uses: readonly (readonly [module: string, use: string])[] = [
  ["socket", "socket.create_connection(('127.0.0.1', 80), 1)"],
  ["socket", "socket.socket().connect(('127.0.0.1', 80))"],
  ["socket", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 53))"],
  ["socket", "socket.getaddrinfo('localhost', 80)"],
  ["socket", "socket.gethostbyname('localhost')"],
  ["socket", "socket.create_server(('127.0.0.1', 0))"],
  ["socket", "socket.socketpair()"],
  ["urllib.request", "urllib.request.urlopen('http://127.0.0.1/')"],
  ["http.client", "http.client.HTTPConnection('127.0.0.1').request('GET', '/')"],
  ["subprocess", "subprocess.run(['id'])"],
  ["subprocess", "subprocess.check_output('id', shell=True)"],
  ["os", "os.system('id')"],
  ["os", "os.popen('id').read()"],
  ["os", "os.fork()"],
  ["os", "os.execv('/bin/sh', ['sh'])"],
  ["os", "os.posix_spawn('/bin/sh', ['sh'], {})"],
  ["os", "os.kill(os.getpid(), 9)"],
  ["os", "os.pipe()"],
  ["os", "os.chdir('/etc')"],
  ["threading", "threading.Thread(target=print).start()"],
  ["concurrent.futures", "concurrent.futures.ThreadPoolExecutor().submit(print).result()"],
  ["multiprocessing", "multiprocessing.Process(target=print).start()"],
  ["multiprocessing", "multiprocessing.Pool(1)"],
];

/** What WASI has no place for may be missing altogether. */
const usesOfWhatMayBeMissing: readonly (readonly [module: string, use: string])[] = [
  ["mmap", "mmap.mmap(-1, 10)"],
  ["fcntl", "fcntl.flock(1, 2)"],
  ["resource", "resource.setrlimit(0, (0, 0))"],
  ["pwd", "pwd.getpwuid(0)"],
  ["ssl", "ssl.create_default_context().wrap_socket(None)"],
];

const absent = ["ctypes", "_ctypes", "js", "pyodide", "pyodide_js", "node", "_testcapi", "_testinternalcapi"];

export function denialCases({ lab, expect, can }: Cases): void {
  for (const path of paths) {
    can(`cannot be opened: ${path}`, async () => {
      const source = python`
        import os
        path = os.path.expanduser("${path}")
        for use in (open, os.listdir, os.stat, os.readlink, lambda p: open(p, "w")):
            try:
                use(path)
                print("did it")
            except (OSError, RuntimeError) as error:
                print(isinstance(error, (FileNotFoundError, PermissionError, NotADirectoryError)) or error)
      `;
      expect(await lab.output(source)).not.toContain("did it");
    });
  }

  can("is not in an empty root", async () => {
    expect(await lab.output("import os\nprint(os.listdir('/'), os.listdir(), os.getcwd())")).toBe(
      "[] [] /\n",
    );
  });

  can("is not in the environment", async () => {
    expect(await lab.output("import os\nprint(dict(os.environ), os.getenv('PATH'))")).toBe("{} None\n");
  });

  can("cannot be told from sys", async () => {
    const source = python`
      import sys
      print(sys.executable, sys.argv, sys.flags.ignore_environment, sys.flags.no_user_site, sys.platform)
      print([p for p in sys.path if p.startswith(("/home", "/root", "/Users", "/tmp", "C:"))])
    `;
    expect(await lab.output(source)).toBe(" ['plugin.py'] 1 1 wasi\n[]\n");
  });

  for (const [module, use] of uses) {
    can(`can be imported and refuses use: ${use}`, async () => {
      const { end, stdout } = await lab.run(imported(module, use));
      expect({ end, stdout }).toEqual({ end: { kind: "completed" }, stdout: "refused\n" });
    });
  }

  for (const [module, use] of usesOfWhatMayBeMissing) {
    can(`is missing or refuses use: ${use}`, async () => {
      const source = `try:\n  import ${module}\n  ${use}\n  print("did it")\nexcept Exception:\n  print("refused")`;
      expect(await lab.output(source)).toBe("refused\n");
    });
  }

  for (const module of absent) {
    can(`is no module: ${module}`, async () => {
      const source = `try:\n  import ${module}\n  print("there")\nexcept ImportError:\n  print("none")`;
      expect(await lab.output(source)).toBe("none\n");
    });
  }

  can("cannot be waited for", async () => {
    const source = python`
      import select, sys
      try:
          print(select.select([sys.stdin], [], [], 0.01) is not None)
      except OSError:
          print(True)
    `;
    expect(await lab.output(source)).toBe("True\n");
  });

  can("is not in descriptors beyond the standard streams", async () => {
    const source = python`
      import os
      readable = []
      for fd in range(3, 64):
          try:
              readable.append(os.read(fd, 100))
          except OSError:
              pass
      print([data for data in readable if data])
    `;
    expect(await lab.output(source, { input: "secret" })).toBe("[]\n");
  });
}
