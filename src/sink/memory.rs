use super::merge::Input;
use super::order::Block;
use std::ops::Range;
use std::sync::Arc;

/// The shards of a partitioned table: its partitions are spread over them, and a task writes the partitions of a shard.
pub(super) const SHARDS: usize = 16;

/// Blocks of one table in memory and the order of their spans: by shard, then by key.
#[derive(Clone)]
pub(super) struct SortedMemory {
    blocks: Arc<[Arc<Block>]>,
    order: Arc<[Place]>,
}

/// A span of a block.
#[derive(Clone, Copy)]
struct Place {
    shard: u32,
    block: u32,
    span: u32,
}

impl SortedMemory {
    pub(super) fn new(blocks: Vec<Block>) -> Self {
        let blocks: Arc<[Arc<Block>]> = blocks.into_iter().map(Arc::new).collect();
        let places = blocks.iter().zip(0..).flat_map(|(block, number)| {
            block.spans.iter().zip(0..).map(move |(keyed, span)| Place {
                shard: keyed.key.partition.shard(SHARDS) as u32,
                block: number,
                span,
            })
        });
        let mut order: Vec<Place> = places.collect();
        order.sort_unstable_by(|a, b| {
            let (block, other) = (&blocks[a.block as usize], &blocks[b.block as usize]);
            // The parts of a large filing are alike and stay in their order.
            a.shard
                .cmp(&b.shard)
                .then_with(|| block.compare(a.span as usize, other, b.span as usize))
                .then_with(|| (a.block, a.span).cmp(&(b.block, b.span)))
        });
        Self { blocks, order: order.into() }
    }

    /// The spans of a shard in order; `None` where there are none.
    pub(super) fn shard(&self, shard: usize) -> Option<Input<'static>> {
        let range = self.range(shard);
        (!range.is_empty()).then(|| self.input(range))
    }

    /// Bytes of the rows of a shard.
    pub(super) fn bytes(&self, shard: usize) -> u64 {
        let places = &self.order[self.range(shard)];
        places.iter().map(|p| u64::from(self.blocks[p.block as usize].spans[p.span as usize].bytes)).sum()
    }

    fn range(&self, shard: usize) -> Range<usize> {
        let before = |shard: usize| self.order.partition_point(|place| (place.shard as usize) < shard);
        before(shard)..before(shard + 1)
    }

    fn input(&self, range: Range<usize>) -> Input<'static> {
        let memory = self.clone();
        Box::new(range.map(move |at| {
            let place = memory.order[at];
            Ok((memory.blocks[place.block as usize].clone(), place.span as usize))
        }))
    }
}
