#include "reserve.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

static _Atomic(uintptr_t) reserve;
static _Atomic(size_t) reserve_size;
/* How many threads are just letting go of it. */
static _Atomic(int) releasing;
static _Atomic(bool) refused;
static _Atomic(bool) declined;
static _Atomic(bool) ending;
static void (*interrupt_work)(void);
static void (*before_end)(void);

bool tiltas_reserve_restore(void) {
  atomic_store(&refused, false);
  atomic_store(&declined, false);
  size_t bytes = atomic_load(&reserve_size);
  if (atomic_load(&reserve) != 0 || bytes == 0) return bytes != 0;
  void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return false;
  uintptr_t none = 0;
  if (!atomic_compare_exchange_strong(&reserve, &none, (uintptr_t)start)) munmap(start, bytes);
  return true;
}

bool tiltas_reserve_can_take(size_t bytes) {
  void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return false;
  munmap(start, bytes);
  return true;
}

bool tiltas_reserve_was_refused(void) { return atomic_load(&refused); }

bool tiltas_reserve_was_declined(void) { return atomic_load(&declined); }

void tiltas_reserve_set_actions(void (*interrupt)(void), void (*end)(void)) {
  interrupt_work = interrupt;
  before_end = end;
}

#ifndef SANITIZED
static void put(const char *text) {
  if (write(STDERR_FILENO, text, strlen(text)) < 0) return;
}

/* One message, and the end. Whoever comes too late waits for it. */
static _Noreturn void end_for(const char *what, size_t bytes) {
  if (atomic_exchange(&ending, true)) {
    while (true) pause();
  }
  char digits[24];
  char *digit = digits + sizeof digits;
  *--digit = 0;
  do *--digit = (char)('0' + bytes % 10);
  while ((bytes /= 10) != 0);
  // What was begun on the line, as progress is, stays before it.
  if (isatty(STDERR_FILENO)) put("\n");
  put("error[T083]: there is not enough memory: the system refuses ");
  if (what) {
    put(what);
  } else {
    put(digit);
    put(" bytes");
  }
  put("\n = help: allow more (`ulimit`) or give less to do; what was acknowledged is kept\n");
  if (before_end) before_end();
  _exit(4);
}

/* Lets go of what was kept back; whether there was any.

   Two threads may be refused memory at once. The one that finds nothing to let go of must not try again before the other has
   given its addresses back, or it would end the program with the memory nearly there: so it waits. Each announces itself before it
   looks, and the order of these atomics is the same for all, so whoever finds nothing finds the other announced as long as that
   is at it. What is waited for is one call of the system, that takes no lock of ours. */
static bool let_go(void) {
  atomic_fetch_add(&releasing, 1);
  uintptr_t start = atomic_exchange(&reserve, 0);
  if (start != 0) munmap((void *)start, atomic_load(&reserve_size));
  atomic_fetch_sub(&releasing, 1);
  while (start == 0 && atomic_load(&releasing) != 0) sched_yield();
  return start != 0;
}

/* Has the work end, and gives it what was kept back for that. */
static void note_refusal(void) {
  atomic_store(&refused, true);
  if (let_go() && interrupt_work) interrupt_work();
}

static struct sigaction before;

/* The stack can't grow. What else is at an address where nothing is goes where it went before. */
static void overflow(int number, siginfo_t *info, void *context) {
  (void)context;
  extern void *__libc_stack_end;
  struct rlimit limit;
  uintptr_t address = (uintptr_t)info->si_addr, top = (uintptr_t)__libc_stack_end;
  size_t most = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? limit.rlim_cur : 1UL << 30;
  if (address < top && address + most + (1UL << 16) > top) end_for("more for the stack", 0);
  sigaction(number, &before, NULL);
}

static void watch_stack(void) {
  static char other_stack[1 << 14];
  stack_t stack = {.ss_sp = other_stack, .ss_size = sizeof other_stack};
  struct sigaction action = {.sa_sigaction = overflow, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  if (sigaltstack(&stack, NULL) == 0) sigaction(SIGSEGV, &action, &before);
}
#else
static void watch_stack(void) {}
#endif

void tiltas_reserve_set_up(size_t bytes) {
  watch_stack();
  atomic_store(&reserve_size, bytes);
  tiltas_reserve_restore();
}

#ifdef SANITIZED

void *tiltas_reserve_try(size_t bytes) { return malloc(bytes); }

#else

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

#ifdef FAIL_ALLOCATIONS
/* `TILTAS_FAIL_ALLOCATION=N:BYTES` refuses the N-th allocation of that size or more; with `N+` all after it too, also where
   they are tried again. `TILTAS_COUNT_ALLOCATIONS=BYTES` tells at the end how many there were. */
static long failing = -1, smallest;
static bool lasts, counts;
static _Atomic(long) number;

__attribute__((constructor)) static void read_failure(void) {
  char *text = getenv("TILTAS_FAIL_ALLOCATION");
  if (text) {
    smallest = strchr(text, ':') ? atol(strchr(text, ':') + 1) : 0;
    lasts = strchr(text, '+') != NULL;
    failing = atol(text);
  }
}

__attribute__((destructor)) static void tell_count(void) {
  char *text = getenv("TILTAS_COUNT_ALLOCATIONS");
  if (text) dprintf(STDERR_FILENO, "allocations: %ld\n", atomic_load(&number));
}

static bool fails(size_t bytes) {
  static _Atomic(int) state;
  if (atomic_load(&state) == 0) {
    char *text = getenv("TILTAS_COUNT_ALLOCATIONS");
    if (text) smallest = atol(text);
    counts = text != NULL;
    atomic_store(&state, 1);
  }
  if ((failing < 0 && !counts) || (long)bytes < smallest) return false;
  long this = atomic_fetch_add(&number, 1) + 1;
  if (failing < 0 || !(this == failing || (lasts && this > failing))) return false;
  errno = ENOMEM;
  return true;
}
#else
#define fails(bytes) false
#endif

/* Such that it is refused only if there is no more to try. */
#define INSISTING(bytes, allocation)                            \
  void *result = fails(bytes) ? NULL : (allocation);            \
  if (__builtin_expect(result != NULL, 1)) return result;       \
  if ((bytes) > PTRDIFF_MAX) return NULL;                       \
  /* Another thread may have let go of it. */                    \
  note_refusal();                                                \
  result = fails(bytes) ? NULL : (allocation);                   \
  if (result == NULL) end_for(NULL, bytes);                     \
  return result;

void *malloc(size_t bytes) { INSISTING(bytes, __libc_malloc(bytes)) }

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return NULL;
  }
  INSISTING(bytes, __libc_calloc(count, size))
}

void *realloc(void *block, size_t bytes) {
  // Where nothing is asked for, nothing is given.
  if (block != NULL && bytes == 0) return __libc_realloc(block, bytes);
  INSISTING(bytes, __libc_realloc(block, bytes))
}

static void *aligned(size_t alignment, size_t bytes) { INSISTING(bytes, __libc_memalign(alignment, bytes)) }

void *memalign(size_t alignment, size_t bytes) { return aligned(alignment, bytes); }

void *aligned_alloc(size_t alignment, size_t bytes) { return aligned(alignment, bytes); }

int posix_memalign(void **block, size_t alignment, size_t bytes) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
  void *start = aligned(alignment, bytes);
  if (start == NULL) return ENOMEM;
  *block = start;
  return 0;
}

void *tiltas_reserve_try(size_t bytes) {
  void *start = fails(bytes) ? NULL : __libc_malloc(bytes);
  if (start == NULL) atomic_store(&declined, true);
  return start;
}

#endif
