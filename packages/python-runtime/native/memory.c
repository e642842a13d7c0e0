/* The end of the heap, kept in linear memory.
 *
 * wasi-libc's own sbrk asks the engine for the size of the memory, which never shrinks: after a restore the heap
 * would look small while its end still sat at the last run's peak, and each large run would start where the one
 * before had stopped. Here a restore also restores the end of the heap, and pages that are there are used again. */
#include "forge.h"
#include <errno.h>
#include <stddef.h>

enum { WASM_PAGE = 65536 };

static uintptr_t heap_end;

static uintptr_t memory_end(void)
{
    return (uintptr_t)__builtin_wasm_memory_size(0) * WASM_PAGE;
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
    if (end > memory_end()
        && __builtin_wasm_memory_grow(0, (end - memory_end() + WASM_PAGE - 1) / WASM_PAGE) == SIZE_MAX) {
        errno = ENOMEM;
        return (void *)-1;
    }
    heap_end = end;
    return (void *)start;
}

/* What the guest has used of its memory since the snapshot, at most. */
FORGE_EXPORT("forge_heap_end") uintptr_t forge_heap_end(void)
{
    return heap_end;
}
