#pragma once

/// Settings of the SQLite library as a whole, which its header offers through a variadic function only: Swift cannot
/// call those.

/// Stops counting the bytes SQLite has allocated: nobody asks for the number, and each allocation would take a lock
/// for it. To be called before the first connection; has no effect afterwards.
void im_sqlite_stop_counting_memory(void);
