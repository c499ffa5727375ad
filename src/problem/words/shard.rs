//! What can be wrong with shards of draws, in words.

use quanheng_words::text;

use super::Words;
use crate::problem::ShardFault;

pub(super) fn words(fault: &ShardFault) -> Words {
    match fault {
        ShardFault::Until => Words::new(text!(shard_until), text!(shard_until_hint)),
        ShardFault::Kind { kind } => {
            Words::new(text!(shard_kind, kind = kind), text!(shard_kind_hint))
        }
        ShardFault::Nowhere => Words::new(text!(shard_nowhere), text!(shard_nowhere_hint)),
        ShardFault::None { folder } => {
            Words::new(text!(shard_none, folder = folder), text!(shard_none_hint))
        }
        ShardFault::Damaged { file } => {
            Words::new(text!(shard_damaged, file = file), text!(shard_damaged_hint))
        }
        ShardFault::OfOther { file, changed } => Words::new(
            text!(ledger_of_other, file = file, changed = changed.clone()),
            text!(shard_damaged_hint),
        ),
        ShardFault::Unlike { file, first, changed } => Words::new(
            text!(shard_unlike, file = file, first = first, changed = changed.clone()),
            text!(shard_unlike_hint),
        ),
        ShardFault::Twice { number, files } => Words::new(
            text!(shard_twice, number = *number, files = files.clone()),
            text!(shard_twice_hint),
        ),
        ShardFault::Unfinished { file, number, of } => Words::new(
            text!(shard_unfinished, file = file),
            text!(shard_unfinished_hint, number = *number, of = *of),
        ),
        ShardFault::Absent { of_what, absent, of } => Words::new(
            text!(
                shard_absent,
                what = of_what,
                absent = absent.iter().map(u64::to_string).collect::<Vec<_>>(),
                of = *of
            ),
            text!(shard_absent_hint, number = absent.first().copied().unwrap_or(1), of = *of),
        ),
        ShardFault::Stopped { file, done } => {
            Words::new(text!(shard_stopped, file = file, done = *done), text!(shard_stopped_hint))
        }
    }
}
