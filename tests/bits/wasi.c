// What the standard library of Rust asks of a system and Debian's wasi-libc does not have yet. There are no threads:
// whoever asks for one is told so. Links are not followed by realpath: none lie in a project that is run here.

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int *__errno_location(void) { return &errno; }

int pthread_create(void *thread, const void *attr, void *(*start)(void *), void *arg) { return EAGAIN; }
int pthread_attr_init(void *attr) { return 0; }
int pthread_attr_destroy(void *attr) { return 0; }
int pthread_attr_setstacksize(void *attr, size_t size) { return 0; }
int pthread_detach(void *thread) { return ESRCH; }
int pthread_join(void *thread, void **value) { return ESRCH; }

char *realpath(const char *path, char *room) {
    struct stat found;
    if (stat(path, &found) != 0) return NULL;
    char *here = path[0] == '/' ? strdup("") : getcwd(NULL, 0);
    char *rest = strdup(path);
    char *whole = here && rest ? room : NULL;
    if (here && rest && !room) whole = malloc(strlen(here) + strlen(path) + 3);
    if (whole) {
        strcpy(whole, strcmp(here, "/") ? here : "");
        for (char *step = strtok(rest, "/"); step; step = strtok(NULL, "/")) {
            if (!strcmp(step, ".")) continue;
            char *last = strrchr(whole, '/');
            if (!strcmp(step, "..")) {
                if (last) *last = 0;
                continue;
            }
            strcat(strcat(whole, "/"), step);
        }
        if (!*whole) strcpy(whole, "/");
    }
    free(here);
    free(rest);
    return whole;
}
