/**
 * What CPython's test modules need in order to run here, and which of their tests cannot pass, with the reason.
 *
 * Tests are named by their ids within the module; `*` stands for anything. A failure that is not listed fails the
 * command, and so does an entry that nothing fails any more.
 */
export interface Expectation {
  /** Modules in C that are compiled only for these tests. What is used of them is skipped; the rest runs. */
  readonly standIns?: readonly StandIn[];
  /** What the module is told to have, where it would decline as a whole though most of it does not need it. */
  readonly claims?: readonly Claim[];
  /** Tests that are not started, by the reason why. */
  readonly leftOut?: Readonly<Record<string, readonly string[]>>;
  readonly failures?: readonly ExpectedFailure[];
}

export type StandIn = "_testcapi" | "_testinternalcapi" | "_testlimitedcapi" | "_testsinglephase";
export type Claim = "sockets" | "host name" | "tools";

export interface ExpectedFailure {
  readonly tests: readonly string[];
  /** Part of what the failure says: a test that fails in another way is not the one that was understood. */
  readonly says: string;
  readonly because: string;
}

export const expectations: Readonly<Record<string, Expectation>> = {
  test_argparse: {
    claims: ["tools"],
  },
  test_asyncgen: {
    claims: ["sockets"],
  },
  "test_asyncio.test_base_events": {
    claims: ["sockets"],
  },
  "test_asyncio.test_context": {
    claims: ["sockets"],
  },
  "test_asyncio.test_eager_task_factory": {
    claims: ["sockets"],
  },
  "test_asyncio.test_futures": {
    claims: ["sockets"],
  },
  "test_asyncio.test_futures2": {
    claims: ["sockets"],
  },
  "test_asyncio.test_locks": {
    claims: ["sockets"],
  },
  "test_asyncio.test_pep492": {
    claims: ["sockets"],
  },
  "test_asyncio.test_protocols": {
    claims: ["sockets"],
  },
  "test_asyncio.test_queues": {
    claims: ["sockets"],
  },
  "test_asyncio.test_runners": {
    claims: ["sockets"],
  },
  "test_asyncio.test_staggered": {
    claims: ["sockets"],
  },
  "test_asyncio.test_streams": {
    claims: ["sockets"],
  },
  "test_asyncio.test_taskgroups": {
    claims: ["sockets"],
  },
  "test_asyncio.test_tasks": {
    claims: ["sockets"],
  },
  "test_asyncio.test_threads": {
    claims: ["sockets"],
  },
  "test_asyncio.test_timeouts": {
    claims: ["sockets"],
  },
  "test_asyncio.test_transports": {
    claims: ["sockets"],
  },
  "test_asyncio.test_waitfor": {
    claims: ["sockets"],
  },
  test_builtin: {
    claims: ["sockets"],
  },
  test_bytes: {
    standIns: ["_testlimitedcapi"],
  },
  test_class: {
    standIns: ["_testinternalcapi"],
  },
  test_code: {
    standIns: ["_testinternalcapi"],
  },
  test_compile: {
    standIns: ["_testinternalcapi"],
  },
  test_compileall: {
    standIns: ["_testsinglephase"],
  },
  test_contextlib_async: {
    claims: ["sockets"],
  },
  test_coroutines: {
    claims: ["sockets"],
  },
  test_dis: {
    standIns: ["_testinternalcapi"],
  },
  test_getopt: {
    claims: ["tools"],
  },
  test_import: {
    standIns: ["_testsinglephase"],
  },
  test_importlib: {
    standIns: ["_testsinglephase"],
  },
  "test_inspect.test_inspect": {
    claims: ["sockets"],
  },
  test_logging: {
    claims: ["sockets"],
  },
  test_mailbox: {
    claims: ["host name"],
  },
  test_marshal: {
    standIns: ["_testinternalcapi"],
  },
  test_monitoring: {
    standIns: ["_testcapi"],
    leftOut: {
      "tests monitoring from C": ["TestCApiEventGeneration.*"],
    },
  },
  test_opcache: {
    standIns: ["_testinternalcapi"],
  },
  test_optparse: {
    claims: ["tools"],
  },
  test_pdb: {
    claims: ["sockets"],
  },
  test_pkgutil: {
    standIns: ["_testsinglephase"],
  },
  test_pyclbr: {
    standIns: ["_testsinglephase"],
  },
  test_robotparser: {
    claims: ["sockets"],
  },
  test_signal: {
    claims: ["sockets"],
  },
  test_support: {
    claims: ["sockets"],
  },
  test_sys_settrace: {
    claims: ["sockets"],
  },
  test_traceback: {
    standIns: ["_testinternalcapi"],
  },
  test_type_params: {
    claims: ["sockets"],
  },
  test_types: {
    standIns: ["_testsinglephase"],
  },
  test_unittest: {
    claims: ["sockets"],
  },
  test_urllib: {
    claims: ["host name"],
  },
  test_urllib2: {
    claims: ["host name"],
  },
  test_wsgiref: {
    claims: ["sockets"],
  },
  test_xml_dom_xmlbuilder: {
    claims: ["sockets"],
  },
  test_xmlrpc: {
    claims: ["sockets"],
  },
};
