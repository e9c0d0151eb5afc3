//! Floor 4: columns out. Collects batches under a memory budget, sorts them, and writes partitions.
