//! The words for what is wrong with an order of regions that is stated.

use quanheng_words::{number, text};

use super::Words;
use crate::problem::OrderFault;

pub(super) fn words(fault: &OrderFault) -> Words {
    match fault {
        OrderFault::Words { found } => {
            Words::new(text!(order_words, found = *found), text!(order_words_hint))
        }
        OrderFault::Empty => Words::new(text!(order_empty), text!(order_statement_hint)),
        OrderFault::NoSign => Words::new(text!(order_no_sign), text!(order_statement_hint)),
        OrderFault::NoRegion => Words::new(text!(order_no_region), text!(order_statement_hint)),
        OrderFault::Sign { sign } => {
            Words::new(text!(order_sign, sign = sign), text!(order_sign_hint))
        }
        OrderFault::Columns { columns } => {
            Words::new(text!(order_columns, columns = columns), text!(order_columns_hint))
        }
        OrderFault::Itself { region } => {
            Words::new(text!(order_itself, region = region), text!(order_itself_hint))
        }
        OrderFault::NoRow { region, period } => Words::new(
            match period.is_empty() {
                true => text!(order_no_row, region = region),
                false => text!(order_no_row_in, region = region, period = period),
            },
            text!(order_no_row_hint),
        ),
        OrderFault::Leagues { first, first_league, second, second_league } => Words::new(
            text!(
                order_leagues,
                first = first,
                first_league = first_league,
                second = second,
                second_league = second_league
            ),
            text!(order_leagues_hint),
        ),
        OrderFault::LeavesOfNode => {
            Words::new(text!(order_leaves_of_node), text!(order_leaves_of_node_hint))
        }
        OrderFault::NotASum { node, why, of_region } => Words::new(
            text!(order_not_a_sum, node = node, why = why.clone()),
            match of_region {
                true => text!(order_no_row_hint),
                false => text!(order_not_a_sum_hint),
            },
        ),
        OrderFault::Bounds { least, most, count } => Words::new(
            text!(
                order_bounds,
                least = number::short(*least),
                most = number::short(*most),
                count = *count
            ),
            text!(order_bounds_hint),
        ),
    }
}
