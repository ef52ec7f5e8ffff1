// temporary: verbs that are still being written
#include "commands.h"
#define STUB(n) __attribute__((weak)) const struct command n = { .name = #n, .summary = "not written yet" };
STUB(prog_load) STUB(prog_dump_xlated) STUB(prog_dump_jited) STUB(prog_unload) STUB(prog_tracelog)
STUB(map_list) STUB(map_dump) STUB(net_list) STUB(net_attach) STUB(net_detach) STUB(object_show) STUB(object_dump)
