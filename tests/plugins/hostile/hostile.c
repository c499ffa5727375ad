/* A plugin that does whatever a plugin must not. What it does depends on macros: with none, its table is right, and each of
   its methods misbehaves in its own way when it is called. `healthy` is the method that does not. */
#define _GNU_SOURCE
#include "quanheng_plugin.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT(s) { (const uint8_t *)(s), sizeof(s) - 1 }

static int32_t say(qh_message *message, int32_t status, const char *words) {
    size_t len = strlen(words);
    if (len > message->capacity) len = message->capacity;
    memcpy(message->ptr, words, len);
    message->len = len;
    return status;
}

static const char *error_name(int error) {
    switch (error) {
    case EPERM: return "EPERM";
    case EACCES: return "EACCES";
    case EFBIG: return "EFBIG";
    case ENOENT: return "ENOENT";
    case EINVAL: return "EINVAL";
    case EBADF: return "EBADF";
    default: return "another";
    }
}

/* What came of reading a file when the library was opened: -1 where nothing was tried. */
static int opening = -1;

/* What a library may try as soon as it is opened. MARK is a file that must not be there afterwards. */
#ifdef MARK
__attribute__((constructor)) static void opened(void) {
    opening = open("/etc/passwd", O_RDONLY) >= 0 ? 0 : errno;
    int file = open(MARK, O_WRONLY | O_CREAT, 0600);
    if (file >= 0) close(file);
    file = open(MARK ".made", O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file >= 0) close(file);
    mkdir(MARK ".folder", 0700);
    symlink("/etc/passwd", MARK ".link");
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
    int net = socket(AF_INET, SOCK_STREAM, 0);
    if (net >= 0 && connect(net, (struct sockaddr *)&to, sizeof to) == 0) mkdir(MARK ".net", 0700);
    if (fork() == 0) {
        execl("/bin/sh", "sh", "-c", "touch " MARK ".fork", (char *)NULL);
        _exit(1);
    }
    wait(NULL);
    system("touch " MARK ".shell");
}
#endif
#ifdef HANG_WHEN_OPENED
__attribute__((constructor)) static void opened(void) { for (;;) pause(); }
#endif
#ifdef ANSWERS_WHEN_OPENED /* it forges the answer that it is open, and what it says makes no sense */
__attribute__((constructor)) static void opened(void) {
    signal(SIGXFSZ, SIG_IGN);
    for (int fd = 3; fd < 64; fd++) { ssize_t n = write(fd, "\x09\0\0\0\x0a\x0f\xff\xff\xff\xff\xff\xff\xff\x7f", 14); (void)n; }
    for (;;) pause();
}
#endif
#ifdef ABORT_WHEN_OPENED
__attribute__((constructor)) static void opened(void) { abort(); }
#endif
#ifdef EXIT_WHEN_OPENED
__attribute__((constructor)) static void opened(void) { exit(0); }
#endif

static volatile int never;

static void spin(void) { while (!never) { } }

static void walls(char *words, size_t room) {
    size_t at = 0;
#define TRY(name, what) do { errno = 0; long done = (long)(what); \
    at += (size_t)snprintf(words + at, room - at, "%s%s %s", at ? ", " : "", name, done < 0 ? error_name(errno) : "DONE"); } while (0)
    TRY("open", open("/etc/passwd", O_RDONLY));
    TRY("write", open("/tmp/quanheng-was-here", O_WRONLY | O_CREAT, 0600));
    TRY("self", open("/proc/self/mem", O_RDWR));
    TRY("openat2", syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", NULL, 0));
    TRY("unlink", unlink("/tmp/quanheng-is-not-here"));
    TRY("chmod", chmod("/tmp", 0777));
    TRY("ftruncate", syscall(SYS_ftruncate, 5, 0));
    TRY("socket", socket(AF_INET, SOCK_STREAM, 0));
    TRY("unix", socket(AF_UNIX, SOCK_STREAM, 0));
    TRY("fork", fork());
    TRY("vfork", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
    TRY("execve", execl("/bin/true", "true", (char *)NULL));
    TRY("kill", kill(getppid(), 0));
    TRY("tgkill", syscall(SYS_tgkill, getppid(), getppid(), 0));
    TRY("setown", fcntl(0, F_SETOWN, getppid()));
    TRY("limit", syscall(SYS_prlimit64, getppid(), 0, NULL, NULL));
    TRY("ptrace", syscall(SYS_ptrace, 16, getppid(), 0, 0));
    TRY("shmget", syscall(SYS_shmget, 1, 4096, 01600));
    TRY("io_uring", syscall(SYS_io_uring_setup, 1, NULL));
    TRY("unshare", syscall(SYS_unshare, 0x10000000));
#ifdef __x86_64__
    TRY("x32", syscall(0x40000000 | SYS_socket, AF_INET, SOCK_STREAM, 0));
#endif
    TRY("memfd", syscall(SYS_memfd_create, "m", 0));
    // What tells whether a file exists.
    TRY("stat", syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", words, 0));
    TRY("access", syscall(SYS_faccessat, AT_FDCWD, "/etc/passwd", 0));
    TRY("statx", syscall(SYS_statx, AT_FDCWD, "/etc/passwd", 0, 0, NULL));
    TRY("readlink", syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", words, 0));
    TRY("getdents", syscall(SYS_getdents64, 0, words, 0));
    // What an administrator may do; with arguments that do no harm where it is allowed.
    TRY("hostname", syscall(SYS_sethostname, "", -1));
    TRY("domain", syscall(SYS_setdomainname, "", -1));
    TRY("clock", syscall(SYS_clock_settime, 0, NULL));
    TRY("settime", syscall(SYS_settimeofday, NULL, NULL));
    TRY("adjtime", syscall(SYS_clock_adjtime, 0, NULL));
    TRY("reboot", syscall(SYS_reboot, 0, 0, 0, NULL));
    TRY("swapoff", syscall(SYS_swapoff, ""));
    TRY("syslog", syscall(SYS_syslog, 10, NULL, 0));
    TRY("fanotify", syscall(SYS_fanotify_init, 0, 0));
    TRY("inotify", syscall(SYS_inotify_init1, 0));
    TRY("fifo", syscall(SYS_sched_setscheduler, 0, 1, NULL));
    TRY("nice", syscall(SYS_setpriority, 0, 0, 0));
    TRY("module", syscall(SYS_finit_module, -1, "", 0));
    TRY("kexec", syscall(SYS_kexec_load, 0, 0, NULL, 0));
    TRY("chroot", syscall(SYS_chroot, "/"));
    TRY("setuid", syscall(SYS_setuid, getuid()));
    TRY("capset", syscall(SYS_capset, NULL, NULL));
    TRY("bpf", syscall(SYS_bpf, 0, NULL, 0));
    TRY("perf", syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0));
    TRY("keyctl", syscall(SYS_keyctl, 0, 0, 0));
    TRY("seccomp", syscall(SYS_seccomp, 0, 0, NULL));
    TRY("prctl", syscall(SYS_prctl, 4, 1, 0, 0, 0));
    TRY("session", syscall(SYS_setsid));
    TRY("umask", syscall(SYS_umask, 0));
    TRY("newer", syscall(460, 0, 0, 0));
}

static void *thread(void *done) { *(int *)done = 1; return NULL; }

static int32_t make(size_t method, const qh_setting *settings, size_t count, void **instance, qh_message *message);
static int32_t call(size_t method, const void *instance, const qh_input *input, qh_output *output, qh_message *message);

#define METHOD(which, word) { .stage = which, .name = TEXT(word), .claims = QH_CLAIMS_ABSENT, .setting_size = sizeof(qh_declared) }

#ifndef METHODS
#define METHODS \
    METHOD(QH_STAGE_WEIGHTING, "healthy"), METHOD(QH_STAGE_WEIGHTING, "segfault"), METHOD(QH_STAGE_WEIGHTING, "abort"), \
    METHOD(QH_STAGE_WEIGHTING, "hang"), METHOD(QH_STAGE_WEIGHTING, "exit"), METHOD(QH_STAGE_WEIGHTING, "close"), \
    METHOD(QH_STAGE_WEIGHTING, "memory"), METHOD(QH_STAGE_WEIGHTING, "stack"), METHOD(QH_STAGE_WEIGHTING, "divide"), \
    METHOD(QH_STAGE_WEIGHTING, "prints"), METHOD(QH_STAGE_WEIGHTING, "answers"), METHOD(QH_STAGE_WEIGHTING, "half-answer"), \
    METHOD(QH_STAGE_WEIGHTING, "inputs"), METHOD(QH_STAGE_WEIGHTING, "shrinks"), METHOD(QH_STAGE_WEIGHTING, "nan"), \
    METHOD(QH_STAGE_WEIGHTING, "negative"), METHOD(QH_STAGE_WEIGHTING, "infinite"), METHOD(QH_STAGE_WEIGHTING, "short"), \
    METHOD(QH_STAGE_WEIGHTING, "past"), METHOD(QH_STAGE_WEIGHTING, "before"), METHOD(QH_STAGE_WEIGHTING, "code"), \
    METHOD(QH_STAGE_WEIGHTING, "code-with-words"), METHOD(QH_STAGE_WEIGHTING, "long-words"), \
    METHOD(QH_STAGE_WEIGHTING, "words-not-text"), METHOD(QH_STAGE_WEIGHTING, "words-with-orders"), \
    METHOD(QH_STAGE_WEIGHTING, "row"), METHOD(QH_STAGE_NORMALISATION, "walls"), METHOD(QH_STAGE_NORMALISATION, "pid"), METHOD(QH_STAGE_NORMALISATION, "opening"), \
    METHOD(QH_STAGE_WEIGHTING, "make-hangs"), METHOD(QH_STAGE_WEIGHTING, "make-dies"), METHOD(QH_STAGE_WEIGHTING, "make-fails"), \
    METHOD(QH_STAGE_WEIGHTING, "thread"), METHOD(QH_STAGE_WEIGHTING, "stops"), \
    METHOD(QH_STAGE_NORMALISATION, "absent-all"), METHOD(QH_STAGE_NORMALISATION, "beyond"), \
    METHOD(QH_STAGE_TREATMENT, "absent-some"), METHOD(QH_STAGE_AGGREGATION, "no-score"), METHOD(QH_STAGE_AGGREGATION, "infinite-score"), \
    METHOD(QH_STAGE_TIERING, "half-tier"), METHOD(QH_STAGE_TIERING, "many-tiers"), METHOD(QH_STAGE_IMPUTATION, "changes"), \
    METHOD(QH_STAGE_SYSTEM, "cycle"), METHOD(QH_STAGE_SYSTEM, "not-text"), METHOD(QH_STAGE_SYSTEM, "million"), \
    METHOD(QH_STAGE_SYSTEM, "null-node"), METHOD(QH_STAGE_SYSTEM, "long-node"), METHOD(QH_STAGE_SYSTEM, "none"), \
    METHOD(QH_STAGE_SYSTEM, "system-dies")
#endif

static const qh_method methods[] = { METHODS };
#define COUNT (sizeof methods / sizeof *methods)

static int is(size_t method, const char *word) {
    return strlen(word) == methods[method].name.len && memcmp(word, methods[method].name.ptr, methods[method].name.len) == 0;
}

static int32_t make(size_t method, const qh_setting *settings, size_t count, void **instance, qh_message *message) {
    (void)settings; (void)count;
    *instance = NULL;
    if (is(method, "make-hangs")) spin();
    if (is(method, "make-dies")) *(volatile int *)8 = 1;
    if (is(method, "make-fails")) return say(message, QH_STATUS_FAILED, "there is no luck today");
    return QH_STATUS_OK;
}

static void node(qh_output *output, const char *code, size_t len, const char *parent) {
    qh_node node = { .code = { (const uint8_t *)code, len }, .parent = { (const uint8_t *)parent, strlen(parent) },
        .weight = NAN, .full_marks = NAN, .indicator = { 1, NAN, NAN, NAN, NAN, NAN } };
    output->emit(output->sink, &node);
}

static int deep(int n) {
    volatile char room[4096];
    room[0] = (char)n;
    return never ? room[0] : deep(n + 1) + room[0];
}

static int32_t call(size_t method, const void *instance, const qh_input *input, qh_output *output, qh_message *message) {
    (void)instance;
    double *out = output->values;
    if (input->stage == QH_STAGE_SYSTEM) {
        if (is(method, "cycle")) { node(output, "a", 1, "b"); node(output, "b", 1, "a"); }
        if (is(method, "not-text")) { node(output, "root", 4, ""); node(output, "\xff\xfe", 2, "root"); }
        if (is(method, "million")) {
            node(output, "root", 4, "");
            char code[16];
            for (int k = 0; k < 1000000; k++) node(output, code, (size_t)snprintf(code, sizeof code, "n%d", k), "root");
        }
        if (is(method, "null-node")) output->emit(output->sink, NULL);
        if (is(method, "long-node")) {
            char *code = malloc(10000000);
            memset(code, 'x', 10000000);
            node(output, code, 10000000, "");
        }
        if (is(method, "system-dies")) abort();
        return QH_STATUS_OK;
    }
    if (input->stage == QH_STAGE_IMPUTATION) {
        for (size_t row = 0; row < output->count; row++) out[row] = isnan(out[row]) ? 0 : out[row] + 1;
        return QH_STATUS_OK;
    }
    /* Something that is right, to begin with. */
    for (size_t k = 0; k + (size_t)is(method, "short") < output->count; k++) out[k] = 1;
    if (is(method, "segfault")) *(volatile int *)8 = 1;
    if (is(method, "abort")) abort();
    if (is(method, "hang")) spin();
    if (is(method, "exit")) exit(0);
    if (is(method, "close")) { for (int fd = 0; fd < 1024; fd++) close(fd); spin(); }
    if (is(method, "memory")) for (;;) {
        volatile char *more = malloc(1 << 24); /* what is reserved counts, so that this is over soon */
        if (!more) return say(message, QH_STATUS_FAILED, "no more memory is given");
        more[0] = 1;
    }
    if (is(method, "stack")) out[0] = deep(0);
    if (is(method, "divide")) { volatile int zero = 0; out[0] = 7 / zero; }
    if (is(method, "prints")) {
        for (int k = 0; k < 100000; k++) { printf("a line that nobody asked for\n"); fprintf(stderr, "and another\n"); }
        fflush(NULL);
    }
    signal(SIGXFSZ, SIG_IGN); /* whoever writes into a file that may not grow */
    if (is(method, "answers")) for (int fd = 0; fd < 64; fd++) { ssize_t n = write(fd, "\xff\xff\xff\xff\x0c garbage", 13); (void)n; }
    if (is(method, "half-answer")) {
        for (int fd = 3; fd < 64; fd++) { ssize_t n = write(fd, "\x10\0\0\0\x0c", 5); (void)n; }
        spin();
    }
    if (is(method, "inputs")) for (size_t k = 0; k < input->columns; k++)
        for (size_t row = 0; row < input->rows; row++) ((double *)(size_t)input->values[k])[row] = -1e300;
    if (is(method, "shrinks")) for (int fd = 0; fd < 64; fd++) { int r = ftruncate(fd, 0); (void)r; }
    if (is(method, "nan")) out[0] = NAN;
    if (is(method, "negative")) out[0] = -1;
    if (is(method, "infinite")) out[0] = INFINITY;
    if (is(method, "past")) out[output->count] = 1;
    if (is(method, "before")) out[-1] = 1;
    if (is(method, "code")) return 77;
    if (is(method, "code-with-words")) return say(message, -5, "it is what it is");
    if (is(method, "long-words")) { message->len = (size_t)-1; memset(message->ptr, 'w', 20); return QH_STATUS_FAILED; }
    if (is(method, "words-not-text")) return say(message, QH_STATUS_FAILED, "not \xff\xfe text");
    if (is(method, "words-with-orders")) return say(message, QH_STATUS_FAILED, "\x1b]0;gone\x07\x1b[2Jclean");
    if (is(method, "row")) { message->row = 123456789012; return say(message, QH_STATUS_FAILED, "a row that is not there"); }
    if (is(method, "walls")) {
        char words[2000];
        walls(words, sizeof words);
        return say(message, QH_STATUS_FAILED, words);
    }
    if (is(method, "pid")) { char words[32]; snprintf(words, sizeof words, "pid %d", getpid()); return say(message, QH_STATUS_FAILED, words); }
    if (is(method, "opening")) {
        char words[32];
        snprintf(words, sizeof words, "%s", opening < 0 ? "not tried" : opening ? error_name(opening) : "DONE");
        return say(message, QH_STATUS_FAILED, words);
    }
    if (is(method, "thread")) {
        int done = 0;
        pthread_t one;
        if (pthread_create(&one, NULL, thread, &done)) return say(message, QH_STATUS_FAILED, "no thread");
        pthread_join(one, NULL);
        out[0] = done;
    }
    if (is(method, "stops")) raise(SIGSTOP);
    if (is(method, "absent-all")) for (size_t k = 0; k < output->count; k++) out[k] = NAN;
    if (is(method, "beyond")) out[1] = INFINITY;
    if (is(method, "absent-some")) out[1] = NAN;
    if (is(method, "no-score")) out[1] = NAN;
    if (is(method, "infinite-score")) out[1] = -INFINITY;
    if (is(method, "half-tier")) out[1] = 0.5;
    if (is(method, "many-tiers")) out[1] = 1e18;
    return QH_STATUS_OK;
}

#ifndef CONTRACT
#define CONTRACT QH_CONTRACT
#endif
#ifndef SIZE
#define SIZE sizeof(qh_table)
#endif
#ifndef TARGET
#define TARGET QH_TARGET
#endif
#ifndef NAME
#define NAME TEXT("hostile")
#endif
#ifndef LIST
#define LIST methods
#endif
#ifndef HOW_MANY
#define HOW_MANY COUNT
#endif
#ifndef METHOD_SIZE
#define METHOD_SIZE sizeof(qh_method)
#endif
#ifndef MAKE
#define MAKE make
#endif

static const qh_table table = {
    .contract = CONTRACT, .size = SIZE, .target = TEXT(TARGET), .name = NAME, .version = TEXT("1"),
    .methods = LIST, .count = HOW_MANY, .method_size = METHOD_SIZE, .make = MAKE, .call = call,
};

#ifndef NO_ENTRY
const qh_table *quanheng_plugin(uint32_t least, uint32_t greatest) {
    (void)least; (void)greatest;
#ifdef NULL_TABLE
    return NULL;
#elif defined(LOST_TABLE)
    return (const qh_table *)16;
#else
    return &table;
#endif
}
#endif
