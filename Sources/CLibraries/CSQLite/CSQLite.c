#include "CSQLite.h"

#include <sqlite3.h>

void im_sqlite_stop_counting_memory(void) {
    // Refused with SQLITE_MISUSE once the library is in use, which does no harm.
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
