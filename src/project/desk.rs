//! The project file, with the scripts and plugins that its choices can name.

use std::ops::Deref;

use super::plugins::{PluginKeys, Plugins};
use super::reader::Page;
use super::scripts::{Scripts, ScriptsKeys};
use super::table::By;
use crate::gate::Folder;

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
        folder: &Folder,
    ) -> Self {
        let scripts = Scripts::new(limits, folder.path());
        let plugins = Plugins::new(declared, folder.path());
        Desk { page, scripts, plugins }
    }
}

impl Deref for Desk {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
