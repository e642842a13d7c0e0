/* Only in the training build: the little of LLVM's profile runtime that instrumented code calls, which Debian does
 * not ship for WebAssembly. The counters are read from outside; see build/profile/raw-profile.ts. */
#include "forge.h"
#include <stdlib.h>

int __llvm_profile_runtime;
extern uint64_t __llvm_profile_raw_version;
extern char __start___llvm_prf_data[], __stop___llvm_prf_data[];
extern char __start___llvm_prf_cnts[], __stop___llvm_prf_cnts[];
extern char __start___llvm_prf_names[], __stop___llvm_prf_names[];

FORGE_EXPORT("forge_profile") const void **forge_profile(void)
{
    static const void *places[7];
    places[0] = __start___llvm_prf_data;
    places[1] = __stop___llvm_prf_data;
    places[2] = __start___llvm_prf_cnts;
    places[3] = __stop___llvm_prf_cnts;
    places[4] = __start___llvm_prf_names;
    places[5] = __stop___llvm_prf_names;
    places[6] = &__llvm_profile_raw_version;
    return places;
}

void __llvm_profile_register_function(void *data)
{
}

void __llvm_profile_register_names_function(void *names, uint64_t size)
{
}

/* The record that the compiler emits for each function (LLVM 19, 32-bit pointers). */
struct function_record {
    uint64_t name, hash;
    uint32_t counters, bitmap, function, values, counter_count;
    uint16_t site_counts[3];
    uint32_t bitmap_bytes;
};

enum { VALUES_KEPT = 8, LARGEST_EXACT = 129 };

struct site {
    struct {
        uint64_t value, count;
    } seen[VALUES_KEPT];
};

/* Keeps the most frequent values of a site: an unknown value wears down the rarest until it takes its place. */
static void count(uint64_t value, struct function_record *record, uint32_t index)
{
    if (record->values == 0) {
        uint32_t sites = record->site_counts[0] + record->site_counts[1] + record->site_counts[2];
        record->values = (uint32_t)calloc(sites, sizeof(struct site));
    }
    struct site *site = (struct site *)record->values + index;
    int rarest = 0;
    for (int i = 0; i < VALUES_KEPT; i++) {
        if (site->seen[i].count != 0 && site->seen[i].value == value) {
            site->seen[i].count++;
            return;
        }
        if (site->seen[i].count < site->seen[rarest].count) {
            rarest = i;
        }
    }
    if (site->seen[rarest].count > 1) {
        site->seen[rarest].count--;
        return;
    }
    site->seen[rarest].value = value;
    site->seen[rarest].count = 1;
}

void __llvm_profile_instrument_target(uint64_t value, void *record, uint32_t index)
{
    count(value, record, index);
}

/* Sizes above 128 are told apart only by range, as the reader expects. */
void __llvm_profile_instrument_memop(uint64_t size, void *record, uint32_t index)
{
    if (size >= LARGEST_EXACT) {
        size = size >= 8192 ? 8193 : size >= 512 ? 513 : LARGEST_EXACT;
    }
    count(size, record, index);
}
