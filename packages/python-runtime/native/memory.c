/* The end of the heap, kept in linear memory.
 *
 * wasi-libc's own sbrk asks the engine for the size of the memory, which never shrinks: after a restore the heap
 * would look small while its end still sat at the last run's peak, and each large run would start where the one
 * before had stopped. Here a restore also restores the end of the heap, and pages that are there are used again. */
#include "forge.h"
#include <errno.h>
#include <stddef.h>

enum { WASM_PAGE = 65536 };

/* V8 collects all garbage whenever a memory of more than 64 MB grows, by however little. */
enum { LARGE = 48 << 20, LARGE_STEP = 4 << 20 };

static uintptr_t heap_end;

static uintptr_t memory_end(void)
{
    return (uintptr_t)__builtin_wasm_memory_size(0) * WASM_PAGE;
}

static int grow(uintptr_t bytes)
{
    return __builtin_wasm_memory_grow(0, (bytes + WASM_PAGE - 1) / WASM_PAGE) != SIZE_MAX;
}

void *sbrk(intptr_t increment)
{
    if (heap_end == 0) {
        heap_end = memory_end();
    }
    uintptr_t start = heap_end, end = start + (uintptr_t)increment;
    if (increment < 0 || increment % WASM_PAGE != 0 || end < start) {
        errno = ENOMEM;
        return (void *)-1;
    }
    if (end > memory_end()) {
        uintptr_t missing = end - memory_end();
        int in_steps = end > LARGE && missing < LARGE_STEP;
        if (!(in_steps && grow(LARGE_STEP)) && !grow(missing)) {
            errno = ENOMEM;
            return (void *)-1;
        }
    }
    heap_end = end;
    return (void *)start;
}

/* What the guest has used of its memory since the snapshot, at most. */
FORGE_EXPORT("forge_heap_end") uintptr_t forge_heap_end(void)
{
    return heap_end;
}
