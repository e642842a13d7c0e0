/* The interpreter's life: booted once by the recipe, then a snapshot is taken; every run starts from it. */
#include "forge.h"
#include "frozen.h" /* generated: frozen_modules[] = encodings and the importer */

static PyObject *run_function;

static int failed(PyStatus status)
{
    fprintf(stderr, "%s: %s\n", status.func ? status.func : "boot", status.err_msg ? status.err_msg : "failed");
    return 1;
}

static int python_failed(void)
{
    PyErr_Print();
    return 1;
}

static int initialize(uint32_t hash_seed)
{
    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&before);
    if (PyStatus_Exception(status)) {
        return failed(status);
    }
    forge_defer_cold_tables();
    PyImport_AppendInittab("_forge", forge_init_module);
    PyImport_FrozenModules = frozen_modules;

    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.site_import = 0;
    config.write_bytecode = 0;
    config.install_signal_handlers = 0;
    config.pathconfig_warnings = 0;
    config.use_hash_seed = 1;
    config.hash_seed = hash_seed;
    config.buffered_stdio = 1;
    config.module_search_paths_set = 1;
    PyConfig_SetString(&config, &config.stdlib_dir, L"/lib");
    PyConfig_SetString(&config, &config.home, L"/");
    PyConfig_SetString(&config, &config.prefix, L"/");
    PyConfig_SetString(&config, &config.exec_prefix, L"/");
    PyConfig_SetString(&config, &config.base_prefix, L"/");
    PyConfig_SetString(&config, &config.base_exec_prefix, L"/");
    PyConfig_SetString(&config, &config.executable, L"");
    PyConfig_SetString(&config, &config.base_executable, L"");
    status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return PyStatus_Exception(status) ? failed(status) : 0;
}

static int import(const char *name)
{
    PyObject *module = PyImport_ImportModule(name);
    Py_XDECREF(module);
    return module == NULL ? python_failed() : 0;
}

FORGE_EXPORT("forge_boot") int forge_boot(uint32_t hash_seed)
{
    if (initialize(hash_seed) || import("_forge_import") || import("_forge_run")) {
        return 1;
    }
    PyObject *module = PyImport_ImportModule("_forge_run");
    run_function = PyObject_GetAttrString(module, "run");
    Py_DECREF(module);
    return run_function == NULL ? python_failed() : 0;
}

/* Imports what the host supplies as "preload" and tidies the heap; the last thing before a snapshot. */
FORGE_EXPORT("forge_prepare") int forge_prepare(void)
{
    PyObject *module = PyImport_ImportModule("_forge_prepare");
    PyObject *done = module ? PyObject_CallMethod(module, "prepare", NULL) : NULL;
    Py_XDECREF(module);
    Py_XDECREF(done);
    return done == NULL ? python_failed() : 0;
}

/* Executes what the host supplies as "source". How it ended is told through the door's `end`. */
FORGE_EXPORT("forge_run") int forge_run(void)
{
    PyObject *done = PyObject_CallNoArgs(run_function);
    Py_XDECREF(done);
    return done == NULL ? python_failed() : 0;
}
