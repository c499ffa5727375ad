//! Arguments that several commands share.

use std::path::PathBuf;

use super::format::format;
use crate::report::render::Format;

/// Which results are looked at.
#[derive(Debug, clap::Args)]
pub(super) struct Of {
    /// Methodology, by code; the default is the project's default methodology.
    #[arg(short, long, value_name = "CODE")]
    pub(super) methodology: Option<String>,
    /// The period; the last one unless stated: that of the region where the command is about one, else that of each league.
    #[arg(short, long)]
    pub(super) period: Option<String>,
}

/// In which form a report is printed, and where it is written.
#[derive(Debug, clap::Args)]
pub(super) struct Output {
    /// The form of what is printed, and of pages that are written.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    pub(super) format: &'static Format,
    /// Write every table as CSV, and all of them as JSON and as a workbook, below this folder, with what else the command makes.
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}
