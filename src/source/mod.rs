//! Floor 1: bytes in. Walks folders, opens files, undoes compression and archives, and shows each entry.
