/* wasi-libc's clock() is the time since the start, sleep included; WASI has a clock for the processor's time. */
#include <time.h>
#include <wasi/api.h>

clock_t clock(void)
{
    __wasi_timestamp_t nanoseconds = 0;
    if (__wasi_clock_time_get(__WASI_CLOCKID_PROCESS_CPUTIME_ID, 1000, &nanoseconds) != 0) {
        return -1;
    }
    return (clock_t)(nanoseconds / (1000000000 / CLOCKS_PER_SEC));
}
