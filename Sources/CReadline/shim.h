#ifndef TILTAS_CREADLINE_SHIM_H
#define TILTAS_CREADLINE_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/select.h>
#include <unistd.h>
#include <readline/readline.h>
#include <readline/history.h>

// Swift cannot set readline's global variables safely, nor call its macros: these functions do it.

static inline void tiltas_readline_set_up(const char *name, int prompts_on_error_output) {
  rl_readline_name = name;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  if (prompts_on_error_output) rl_outstream = stderr;
}

/* What completes, what parts words, and what shows a list, in which the best come first. */
static inline void tiltas_readline_set_up_completion(
    rl_completion_func_t *complete, rl_cpvfunc_t *breaks, rl_compdisp_func_t *list) {
  rl_attempted_completion_function = complete;
  rl_completion_word_break_hook = breaks;
  rl_completion_display_matches_hook = list;
  rl_sort_completion_matches = 0;
}

/* Takes away the keys that show a home folder or read the reader's settings again. */
static inline void tiltas_readline_close_files(void) {
  Keymap maps[] = {emacs_standard_keymap, emacs_meta_keymap, emacs_ctlx_keymap, vi_movement_keymap, vi_insertion_keymap};
  rl_initialize();
  for (size_t map = 0; map < sizeof maps / sizeof *maps; map++) {
    rl_unbind_function_in_map(rl_tilde_expand, maps[map]);
    rl_unbind_function_in_map(rl_re_read_init_file, maps[map]);
  }
}

static inline int tiltas_readline_cursor(void) { return rl_point; }

/* Shows lines below the one that is typed, and that one anew below them. */
static inline void tiltas_readline_show(const char *lines) {
  rl_crlf();
  fputs(lines, rl_outstream);
  fflush(rl_outstream);
  rl_forced_update_display();
}

/* No file names where the completion function finds nothing, and what follows a single match. */
static inline void tiltas_readline_completion_found(int append) {
  rl_attempted_completion_over = 1;
  rl_completion_append_character = append;
}

static inline const char *tiltas_readline_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }

/* At the end of the input: whether readline has ended the line already, as it does where it hears of pasting. That it has come
   to the end is forgotten, for else it would end each line once more. */
static inline int tiltas_readline_take_end(void) {
  const char *pasting = rl_variable_value("enable-bracketed-paste");
  int has_ended = rl_eof_found && pasting && strcmp(pasting, "on") == 0;
  rl_eof_found = 0;
  return has_ended;
}

/* Whether input waits to be read. */
static inline int tiltas_has_input(int descriptor) {
  struct timespec time = {0, 0};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(descriptor, &set);
  return pselect(descriptor + 1, &set, NULL, NULL, &time, NULL) > 0;
}

/* Waits for input, with the signals blocked that are given, and no others: 1 where there is some, -1 for a signal, 0 after
   so many milliseconds; below 0 for as long as it takes. */
static inline int tiltas_wait_for_input(int descriptor, const sigset_t *blocked, int milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(descriptor, &set);
  return pselect(descriptor + 1, &set, NULL, NULL, milliseconds < 0 ? NULL : &time, blocked);
}

/* Opens the terminal for itself, such that reading from it does not wait; -1 where that is not to be had. */
static inline int tiltas_open_without_waiting(int descriptor) {
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  return open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Reads a byte, which readline takes next; 0 where there is none, for Ctrl-C has discarded it after it was waited for. There
   readline would wait for another, with signals blocked. What this cannot tell, as the end, readline is to find itself: 1. */
static inline int tiltas_readline_take_byte(int descriptor) {
  unsigned char byte;
  ssize_t count = descriptor < 0 ? 0 : read(descriptor, &byte, 1);
  if (count == 1) rl_stuff_char(byte);
  return !(count < 0 && errno == EAGAIN);
}

/* After Ctrl-C: ends a search or an argument that was begun, and drops the line. */
static inline void tiltas_readline_drop_line(void) {
  /* The end of a search shows the line that it had found. */
  rl_callback_sigcleanup();
  rl_point = rl_end;
  (*rl_redisplay_function)();
  fputs("^C\n", rl_outstream ? rl_outstream : stdout);
  fflush(rl_outstream ? rl_outstream : stdout);
  rl_free_line_state();
}

/* After the program was stopped and goes on: what stopped it may have left the terminal in another state, which readline
   looks at only where it has given the terminal back. */
static inline void tiltas_readline_go_on(void) {
  if (rl_deprep_term_function) (*rl_deprep_term_function)();
  if (rl_prep_term_function) (*rl_prep_term_function)(1);
  rl_forced_update_display();
}

/* Entries of several lines are kept as one in the history file, which needs their times in it. */
static inline void tiltas_history_set_up(int limit) {
  using_history();
  stifle_history(limit);
  history_comment_char = '#';
  history_write_timestamps = 1;
}

static inline int tiltas_history_count(void) { return history_length; }

static inline const char *tiltas_history_entry(int index) {
  HIST_ENTRY *entry = history_get(history_base + index);
  return entry ? entry->line : NULL;
}

static inline void tiltas_history_remove(int index) {
  HIST_ENTRY *entry = remove_history(index);
  if (entry) free_history_entry(entry);
}

#endif
