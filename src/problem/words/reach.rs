//! The words for what is wrong with a rank or tier that is to be reached.

use quanheng_words::text;

use super::Words;
use crate::problem::ReachFault;

pub(super) fn words(fault: &ReachFault) -> Words {
    match fault {
        ReachFault::Words { found } => {
            Words::new(text!(reach_words, found = *found), text!(reach_words_hint))
        }
        ReachFault::Rank { goal, ranked } => {
            Words::new(text!(reach_rank, goal = goal), text!(reach_rank_hint, ranked = *ranked))
        }
        ReachFault::NoTiers { goal } => {
            Words::new(text!(reach_no_tiers, goal = goal), text!(reach_no_tiers_hint))
        }
        ReachFault::NoRank { region, period } => Words::new(
            match period.is_empty() {
                true => text!(reach_no_rank, region = region),
                false => text!(reach_no_rank_in, region = region, period = period),
            },
            text!(reach_no_rank_hint),
        ),
        ReachFault::NoCell { region, reasons } => Words::new(
            text!(reach_no_cell, region = region, reasons = reasons.clone()),
            text!(reach_no_cell_hint),
        ),
    }
}
