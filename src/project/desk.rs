//! The project file, with the scripts and plugins that its choices can name.

use std::ops::Deref;
use std::path::Path;

use super::plugins::{PluginKeys, Plugins};
use super::reader::Page;
use super::scripts::{Scripts, ScriptsKeys};
use super::table::By;

/// The context in which choices are read. It gives access to everything in the project file.
#[derive(Debug)]
pub(super) struct Desk {
    page: Page,
    pub(super) scripts: Scripts,
    pub(super) plugins: Plugins,
}

impl Desk {
    /// A host for scripts within the limits of `[scripts]`, and the plugins that `[plugin]` declares; opens nothing.
    pub(super) fn new(
        page: Page,
        limits: Option<&ScriptsKeys>,
        declared: &By<PluginKeys>,
        folder: &Path,
    ) -> Self {
        let scripts = Scripts::new(limits, folder);
        let plugins = Plugins::new(declared, folder);
        Desk { page, scripts, plugins }
    }
}

impl Deref for Desk {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
