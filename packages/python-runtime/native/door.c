/* `_forge`: the only module through which Python code here reaches the host.
 *
 * The guest pulls: every answer waits on the host until the guest has made room for it and takes it.
 * So the host never allocates in the guest, and an answer that does not fit is an ordinary MemoryError. */
#include "forge.h"

/* The length of the answer that now waits to be taken, or one of the negative codes below. */
FORGE_IMPORT("call") int32_t host_call(const char *op, uint32_t op_length, const void *payload, uint32_t length);
FORGE_IMPORT("supply") int32_t host_supply(const char *name, uint32_t length);
FORGE_IMPORT("take") void host_take(void *into, uint32_t capacity);
FORGE_IMPORT("end") void host_end(const void *report, uint32_t length);

enum { NOTHING = -1, TOO_LARGE = -2 };

static PyObject *take(int32_t length)
{
    if (length == NOTHING) {
        Py_RETURN_NONE;
    }
    if (length == TOO_LARGE) {
        PyErr_SetString(PyExc_ValueError, "this is more than one call may carry");
        return NULL;
    }
    PyObject *answer = PyBytes_FromStringAndSize(NULL, length);
    if (answer != NULL && length > 0) {
        host_take(PyBytes_AS_STRING(answer), (uint32_t)length);
    }
    return answer;
}

static PyObject *call(PyObject *self, PyObject *args)
{
    PyObject *name;
    Py_buffer payload;
    if (!PyArg_ParseTuple(args, "Uy*:call", &name, &payload)) {
        return NULL;
    }
    Py_ssize_t op_length;
    const char *op = PyUnicode_AsUTF8AndSize(name, &op_length);
    if (op == NULL) {
        PyBuffer_Release(&payload);
        return NULL;
    }
    int32_t length = host_call(op, (uint32_t)op_length, payload.buf, (uint32_t)payload.len);
    PyBuffer_Release(&payload);
    return take(length);
}

static PyObject *supply(PyObject *self, PyObject *name)
{
    Py_ssize_t length;
    const char *text = PyUnicode_AsUTF8AndSize(name, &length);
    return text == NULL ? NULL : take(host_supply(text, (uint32_t)length));
}

static PyObject *end(PyObject *self, PyObject *report)
{
    Py_buffer bytes;
    if (PyObject_GetBuffer(report, &bytes, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    host_end(bytes.buf, (uint32_t)bytes.len);
    PyBuffer_Release(&bytes);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"call", call, METH_VARARGS, NULL},
    {"supply", supply, METH_O, NULL},
    {"end", end, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_forge", .m_size = 0, .m_methods = methods,
};

PyObject *forge_init_module(void)
{
    return PyModule_Create(&definition);
}
