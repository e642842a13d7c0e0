/* Tables that few plugins need (character names, East Asian encodings) take two megabytes of linear memory.
 * They lie in sections of their own, which a snapshot leaves out; importing the module that reads them makes the
 * host put them back. */
#include "forge.h"
#include <string.h>

/* The host knows where the tables lie: the recipe wrote it into the image's manifest. */
FORGE_IMPORT("page_in") void host_page_in(uint32_t table);

enum { UNICODE, EAST_ASIAN };

extern const char __start_cold_unicode[], __stop_cold_unicode[];
extern const char __start_cold_east_asian[], __stop_cold_east_asian[];

/* For the recipe: start and end of each table, in the order of the enumeration. */
FORGE_EXPORT("forge_cold_tables") const char **forge_cold_tables(void)
{
    static const char *tables[4];
    tables[0] = __start_cold_unicode;
    tables[1] = __stop_cold_unicode;
    tables[2] = __start_cold_east_asian;
    tables[3] = __stop_cold_east_asian;
    return tables;
}

#define COLD_MODULE(name, table)                \
    extern PyObject *PyInit_##name(void);       \
    static PyObject *init_##name(void)          \
    {                                           \
        host_page_in(table);                    \
        return PyInit_##name();                 \
    }

COLD_MODULE(unicodedata, UNICODE)
COLD_MODULE(_codecs_cn, EAST_ASIAN)
COLD_MODULE(_codecs_hk, EAST_ASIAN)
COLD_MODULE(_codecs_iso2022, EAST_ASIAN)
COLD_MODULE(_codecs_jp, EAST_ASIAN)
COLD_MODULE(_codecs_kr, EAST_ASIAN)
COLD_MODULE(_codecs_tw, EAST_ASIAN)

static const struct _inittab cold_modules[] = {
    {"unicodedata", init_unicodedata},
    {"_codecs_cn", init__codecs_cn},
    {"_codecs_hk", init__codecs_hk},
    {"_codecs_iso2022", init__codecs_iso2022},
    {"_codecs_jp", init__codecs_jp},
    {"_codecs_kr", init__codecs_kr},
    {"_codecs_tw", init__codecs_tw},
};

void forge_defer_cold_tables(void)
{
    for (struct _inittab *entry = PyImport_Inittab; entry->name != NULL; entry++) {
        for (size_t i = 0; i < sizeof cold_modules / sizeof *cold_modules; i++) {
            if (strcmp(entry->name, cold_modules[i].name) == 0) {
                entry->initfunc = cold_modules[i].initfunc;
            }
        }
    }
}
