//! What is assessed, by what, and the values: regions, indicators, systems, tables.

mod derivation;
mod fact;
mod ideal;
mod indicator;
mod neighbours;
mod panel;
mod period;
mod region;
mod study;
mod system;
mod table;
mod texts;

pub use derivation::{Derivation, Derive};
pub use fact::{FACTS, Fact, NodeFacts, Unfit, name_column};
pub use ideal::{Best, Better, Ideal};
pub use indicator::{Band, Direction, Goalposts, Indicator, IndicatorKind};
pub use neighbours::Neighbours;
pub use panel::{LeagueIx, Panel, PeriodIx, RegionIx, Slice};
pub use period::{Period, PeriodFault, PeriodKind, Periods};
pub use region::{Group, League, Names, Numbers, Region, Summary};
pub use study::Study;
pub use system::{AgainstIdeal, Node, NodeDraft, NodeId, System, SystemProblem};
pub use table::{Column, State, Table};
pub use texts::Texts;
