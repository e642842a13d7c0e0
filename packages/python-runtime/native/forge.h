/* What the guest's side of the forge consists of; one C file each. */
#ifndef FORGE_H
#define FORGE_H

#include <Python.h>
#include <stdint.h>

#define FORGE_IMPORT(name) __attribute__((import_module("forge"), import_name(name)))
#define FORGE_EXPORT(name) __attribute__((export_name(name)))

PyObject *forge_init_module(void); /* door.c: the built-in module `_forge` */
void forge_defer_cold_tables(void); /* cold.c: to be called before Python is initialised */

#endif
