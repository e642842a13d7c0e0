/* How the guest gives up. */
#include "forge.h"

FORGE_IMPORT("abort") _Noreturn void host_abort(void);

/* wasi-libc's abort is a bare trap, which nobody can tell from a bug. This one says what it is. */
_Noreturn void abort(void)
{
    host_abort();
}

/* bzip2 without stdio calls this when it finds itself inconsistent. */
void bz_internal_error(int code)
{
    (void)code;
    abort();
}
