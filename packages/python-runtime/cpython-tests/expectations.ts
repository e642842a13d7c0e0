/**
 * What CPython's test modules need in order to run here, and which of their tests cannot pass, with the reason.
 *
 * Tests are named by their ids within the module; `*` stands for anything. A failure that is not listed fails the
 * command, and so does an entry to which nothing corresponds any more. The file is as long as the list is.
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

const needThreads = "need threads";
const needSockets = "need sockets";
const noDocstrings = "the image's library is compiled without docstrings, and the test expects to see one";
const noHardLinks = "the file system has no hard links";
const noTestModulesFrozen = "modules that are frozen into CPython only for tests are not in the image";

const asyncioOnSockets: Expectation = { claims: ["sockets"] };

export const expectations: Readonly<Record<string, Expectation>> = {
  test_argparse: { claims: ["tools"] },
  test_asyncgen: { claims: ["sockets"] },
  "test_asyncio.test_base_events": {
    ...asyncioOnSockets,
    leftOut: {
      [needSockets]: [
        "BaseEventLoopWithSelectorTests.test_accept_connection_*",
        "BaseEventLoopWithSelectorTests.test_create_connection_bluetooth",
        "BaseEventLoopWithSelectorTests.test_create_connection_ip_addr",
        "BaseEventLoopWithSelectorTests.test_create_connection_no_inet_pton",
        "BaseEventLoopWithSelectorTests.test_create_connection_service_name",
        "BaseEventLoopWithSelectorTests.test_create_connection_ssl_server_hostname_*",
        "BaseEventLoopWithSelectorTests.test_create_connection_wrong_sock",
        "BaseEventLoopWithSelectorTests.test_create_datagram_endpoint_*",
        "BaseEventLoopWithSelectorTests.test_create_server_*",
        "BaseEventLoopWithSelectorTests.test_getnameinfo",
        "BaseLoopSockSendfileTests.*",
        "TestSelectorUtils.test_set_nodelay",
      ],
      [needThreads]: [
        "BaseEventLoopTests.test_asyncgen_finalization_by_gc_in_other_thread",
        "BaseEventLoopTests.test_check_thread",
        "BaseEventLoopTests.test_set_default_executor",
        "BaseEventLoopTests.test_shutdown_default_executor_timeout",
      ],
    },
  },
  "test_asyncio.test_context": asyncioOnSockets,
  "test_asyncio.test_eager_task_factory": asyncioOnSockets,
  "test_asyncio.test_futures": {
    ...asyncioOnSockets,
    leftOut: { [needThreads]: ["*.test_wrap_future", "*.test_wrap_future_*loop"] },
  },
  "test_asyncio.test_futures2": asyncioOnSockets,
  "test_asyncio.test_locks": asyncioOnSockets,
  "test_asyncio.test_pep492": asyncioOnSockets,
  "test_asyncio.test_protocols": asyncioOnSockets,
  "test_asyncio.test_queues": asyncioOnSockets,
  "test_asyncio.test_runners": asyncioOnSockets,
  "test_asyncio.test_staggered": asyncioOnSockets,
  "test_asyncio.test_streams": {
    ...asyncioOnSockets,
    leftOut: {
      [needSockets]: [
        "StreamTests.test_async_writer_api*",
        "StreamTests.test_eof_feed_when_closing_writer",
        "StreamTests.test_loop_is_closed_resource_warnings",
        "StreamTests.test_open_connection*",
        "StreamTests.test_start_server",
        "StreamTests.test_unclosed_*",
        "StreamTests.test_unhandled_*",
        "StreamTests.test_wait_closed_on_close*",
      ],
      [needThreads]: ["StreamTests.test_drain_raises"],
    },
  },
  "test_asyncio.test_taskgroups": asyncioOnSockets,
  "test_asyncio.test_tasks": {
    ...asyncioOnSockets,
    leftOut: { [needThreads]: ["RunCoroutineThreadsafeTests.*"] },
  },
  "test_asyncio.test_threads": asyncioOnSockets,
  "test_asyncio.test_timeouts": asyncioOnSockets,
  "test_asyncio.test_transports": asyncioOnSockets,
  "test_asyncio.test_waitfor": asyncioOnSockets,
  test_bytes: { standIns: ["_testlimitedcapi"] },
  test_class: { standIns: ["_testinternalcapi"] },
  test_cmd: { failures: [{ tests: ["samplecmdclass"], says: "mycmd.do_help", because: noDocstrings }] },
  test_code: { standIns: ["_testinternalcapi"] },
  test_compile: { standIns: ["_testinternalcapi"] },
  test_compileall: {
    standIns: ["_testsinglephase"],
    failures: [{ tests: ["HardlinkDedupTests*"], says: "FileNotFoundError", because: noHardLinks }],
  },
  test_contextlib_async: { claims: ["sockets"] },
  test_dis: { standIns: ["_testinternalcapi"] },
  test_doctest: {
    failures: [
      {
        tests: ["test_doctest.test_CLI"],
        says: "SkipTest: requires subprocess support",
        because: "needs other processes, and a test inside a docstring cannot be skipped",
      },
    ],
  },
  test_frozen: {
    failures: [
      { tests: ["TestFrozen.test_*frozen*"], says: "is not <class '_fro", because: noTestModulesFrozen },
    ],
  },
  test_getopt: { claims: ["tools"] },
  test_import: {
    standIns: ["_testsinglephase"],
    leftOut: { "need a module in C that is compiled only for them": ["SinglephaseInitTests.*"] },
  },
  test_importlib: {
    standIns: ["_testsinglephase"],
    failures: [
      {
        tests: ["frozen.test_finder.*", "frozen.test_loader.*"],
        says: "Error",
        because: noTestModulesFrozen,
      },
      {
        tests: ["test_api.*_ReloadTests.test_reload_missing_loader"],
        says: "'Loader' has no attribute 'path'",
        because: "the library comes from the host, so that its loader has no path",
      },
    ],
  },
  "test_inspect.test_inspect": {
    claims: ["sockets"],
    failures: [
      {
        tests: ["TestSignatureObject.test_signature_on_class_with_decorated_new"],
        says: "no signature found for builtin <class 'object'>",
        because: "C functions have no docstrings in the image, and thereby no signatures",
      },
    ],
  },
  test_mailbox: {
    claims: ["host name"],
    failures: [
      {
        tests: ["*.test_permissions_after_flush"],
        says: "32768 != 33206",
        because: "the file system keeps no permissions",
      },
    ],
  },
  test_marshal: { standIns: ["_testinternalcapi"] },
  test_monitoring: {
    standIns: ["_testcapi"],
    leftOut: { "need a module in C that is compiled only for them": ["TestCApiEventGeneration.*"] },
  },
  test_opcache: { standIns: ["_testinternalcapi"] },
  test_optparse: { claims: ["tools"] },
  test_pathlib: {
    failures: [
      {
        tests: ["test_pathlib.*.test_hardlink_to"],
        says: "Operation not permitted",
        because: noHardLinks,
      },
    ],
  },
  test_pdb: {
    claims: ["sockets"],
    failures: [
      {
        tests: ["test_pdb_breakpoint_commands", "test_pdb_invalid_arg"],
        says: "Usage:",
        because: noDocstrings,
      },
    ],
  },
  test_pkgutil: { standIns: ["_testsinglephase"] },
  test_posix: {
    failures: [
      {
        tests: ["TestPosixDirFd.test_readlink_dir_fd", "TestPosixDirFd.test_symlink_dir_fd"],
        says: "Operation not permitted",
        because: "the file system has no symbolic links",
      },
    ],
  },
  test_pyclbr: {
    standIns: ["_testsinglephase"],
    failures: [
      {
        tests: ["PyclbrTest.test_easy", "PyclbrTest.test_others"],
        says: "not found in {}",
        because: "the image does not have the source of its library",
      },
    ],
  },
  "test_pydoc.test_pydoc": {
    failures: [
      {
        tests: ["PydocDocTest.test_fail_showtopic*", "PydocDocTest.test_showtopic"],
        says: 'module "pydoc_data.topics" could not be found',
        because: "the image leaves out pydoc's texts about the language",
      },
      {
        tests: ["PydocImportTest.test_importfile"],
        says: "<class '_forge_import.Loader'>",
        because: "the library is loaded from the host, where the test expects it to be loaded from a file",
      },
      {
        tests: ["TestDescriptions.test_special_form"],
        says: "'NoReturn = class _SpecialForm(_Final)' not found",
        because: "what it expects of a library without docstrings is out of date wherever there are none",
      },
    ],
  },
  test_sqlite3: {
    failures: [
      {
        tests: [
          "test_transactions.TransactionTests.test_*_starts_transaction",
          "test_transactions.TransactionTests.test_dml_does_not_auto_commit_before",
          "test_transactions.TransactionTests.test_multiple_cursors_and_iternext",
          "test_transactions.TransactionTests.test_toggle_auto_commit",
        ],
        says: "database is locked",
        because:
          "WASI has no locks on parts of a file: SQLite locks the whole database with a file beside it, " +
          "and a second connection cannot read while the first writes",
      },
    ],
  },
  test_sys_settrace: { claims: ["sockets"] },
  test_timeit: {
    failures: [{ tests: ["TestTimeit.test_main_help"], says: "'NoneType' and 'str'", because: noDocstrings }],
  },
  test_traceback: { standIns: ["_testcapi", "_testinternalcapi"] },
  test_type_params: { claims: ["sockets"] },
  test_types: { standIns: ["_testsinglephase"] },
  test_unittest: {
    claims: ["sockets"],
    failures: [
      {
        tests: ["test_discovery.TestDiscovery.test_get_name_from_path"],
        says: "AssertionError not raised",
        because: "the image's library is compiled without assertions",
      },
    ],
  },
  test_urllib: {
    claims: ["host name"],
    failures: [
      {
        tests: [
          "Utility_Tests.test_thishost",
          "urlopen_HttpTests.test_file_notexists",
          "urlopen_HttpTests.test_ftp_cache_pruning",
          "urlopen_HttpTests.test_ftp_nonexisting",
        ],
        says: "there is no network here",
        because: "looks up a host",
      },
    ],
  },
  test_urllib2: {
    claims: ["host name", "sockets"],
    failures: [
      {
        tests: ["HandlerTests.test_file", "HandlerTests.test_ftp"],
        says: "there is no network here",
        because: "looks up a host",
      },
    ],
  },
  test_wsgiref: { claims: ["sockets"] },
  test_xml_dom_xmlbuilder: { claims: ["sockets"] },
  test_xmlrpc: {
    claims: ["sockets"],
    leftOut: {
      "need sockets and threads": [
        "*ServerTestCase*",
        "SimpleServerEncodingTestCase.*",
        "UseBuiltinTypesTestCase.test_xmlrpcserver_has_use_builtin_types_flag",
        "XMLRPCTestCase.test_keepalive_disconnect",
      ],
    },
  },
};
