#ifndef TILTAS_RESERVE_H
#define TILTAS_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

// What happens if the system refuses memory.
//
// Swift ends the process with a trap if `malloc` gives nothing, and its libraries likewise. So this program has an allocator of
// its own before that of the C library, which never gives nothing: it lets go of memory that was kept back for this, has the
// work interrupted, and tries again. If that is not enough it ends the program with one message and status 4.

/// Keeps so many bytes of addresses back; none of the memory is used. Fewer, or none, where the system refuses.
void tiltas_reserve_set_up(size_t bytes);

/// Keeps memory back again where it was let go of; whether there is any. Forgets that memory was refused.
bool tiltas_reserve_restore(void);

/// Whether memory was refused since the start or the last `tiltas_reserve_restore`.
bool tiltas_reserve_was_refused(void);

/// Whether `tiltas_reserve_try` has given nothing since then, which is told as an error by who asked.
bool tiltas_reserve_was_declined(void);

/// What is called if memory is refused and the program goes on, on whichever thread that is, and if it is ended. Both may do no
/// more than a handler of a signal.
void tiltas_reserve_set_actions(void (*interrupt)(void), void (*end)(void));

/// Whether the system would give so many bytes more, of which none is taken.
bool tiltas_reserve_can_take(size_t bytes);

/// As `malloc`, for who can do without: `NULL` if the system refuses.
void *tiltas_reserve_try(size_t bytes);

#endif
