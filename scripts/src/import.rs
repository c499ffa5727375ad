//! `import "lib/shares" as shares;`: modules below the project's folder, or of the bundled library; nothing else.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use quanheng_core::method::Source;
use quanheng_words::{Text, text};
use rhai::{AST, Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};

use crate::check;
use crate::library;
use crate::limits::one_more_module;
use crate::problem::{Failed, fail};
use crate::source::plain_comments;

/// What the name of the source of a bundled script begins with: `bundled:weighting/entropy.rhai`.
pub const BUNDLED: &str = "bundled:";

thread_local! {
    /// Modules that are being loaded, each by the one before it.
    static LOADING: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Where modules come from, with those that were loaded before.
#[derive(Debug)]
pub(crate) struct Modules {
    root: Option<PathBuf>,
    source_limit: usize,
    depth: usize,
    loaded: Mutex<BTreeMap<String, Shared<Module>>>,
    texts: Mutex<BTreeMap<String, Arc<Source>>>,
    files: Mutex<Vec<PathBuf>>,
}

impl Modules {
    pub(crate) fn new(root: Option<PathBuf>, source_limit: usize, depth: usize) -> Self {
        Modules {
            root,
            source_limit,
            depth,
            loaded: Mutex::default(),
            texts: Mutex::default(),
            files: Mutex::default(),
        }
    }

    /// The text of a module that was loaded.
    pub(crate) fn text(&self, name: &str) -> Option<Arc<Source>> {
        lock(&self.texts).get(name).cloned()
    }

    /// The files that were read.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        lock(&self.files).clone()
    }

    /// The text of a script or module: the project's own, or the bundled one of this name.
    pub(crate) fn read(&self, name: &str) -> Result<Arc<Source>, Unread> {
        if let Some(root) = &self.root {
            match below(root, name) {
                Ok(path) => return self.file(path, name),
                Err(Unread::NotThere) => {}
                Err(other) => return Err(other),
            }
        }
        match library::text(name) {
            Some(text) => Ok(Arc::new(Source::new(format!("{BUNDLED}{name}"), text))),
            None => Err(Unread::NotThere),
        }
    }

    /// The texts of all modules that a script imports, directly or through others, by their names. One that cannot be
    /// read or understood is left out: the script says so when it comes to it.
    pub(crate) fn all_of(&self, engine: &Engine, ast: &AST) -> Vec<Arc<Source>> {
        let names = |ast: &AST| -> Vec<String> {
            let found = check::imports(ast).into_iter().filter_map(|(name, _)| name);
            found.map(|name| file_name(&name)).collect()
        };
        let mut found: BTreeMap<String, Arc<Source>> = BTreeMap::new();
        let mut waiting = names(ast);
        while let Some(name) = waiting.pop() {
            if found.contains_key(&name) || found.len() >= self.depth {
                continue;
            }
            let Ok(source) = self.read(&name) else { continue };
            if let Ok(ast) = engine.compile(plain_comments(&source.text)) {
                waiting.extend(names(&ast));
            }
            found.insert(name, source);
        }
        found.into_values().collect()
    }

    fn file(&self, path: PathBuf, name: &str) -> Result<Arc<Source>, Unread> {
        let unreadable = |e: std::io::Error| Unread::Unreadable(Text::plain(e.to_string()));
        // Opening a pipe would wait for ever.
        if !std::fs::metadata(&path).map_err(unreadable)?.is_file() {
            return Err(Unread::Unreadable(text!(script_not_a_file)));
        }
        let file = std::fs::File::open(&path).map_err(unreadable)?;
        if !file.metadata().map_err(unreadable)?.is_file() {
            return Err(Unread::Unreadable(text!(script_not_a_file)));
        }
        let mut bytes = Vec::new();
        let limit = self.source_limit as u64 + 1;
        std::io::Read::read_to_end(&mut std::io::Read::take(file, limit), &mut bytes)
            .map_err(unreadable)?;
        if bytes.len() > self.source_limit {
            return Err(Unread::TooLong(self.source_limit));
        }
        let text = String::from_utf8(bytes).map_err(|e| {
            Unread::Unreadable(text!(script_not_utf8, byte = e.utf8_error().valid_up_to()))
        })?;
        // As it is named, not as links and the folder's own place make it: a result must not depend on where it lies.
        lock(&self.files).push(self.root.as_deref().unwrap_or(Path::new("")).join(name));
        let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
        // As the user knows it: the project's folder as given, then the name.
        let name = match &self.root {
            Some(root) if !root.as_os_str().is_empty() && root != Path::new(".") => {
                root.join(name).display().to_string()
            }
            _ => name.to_owned(),
        };
        Ok(Arc::new(Source::new(name, text)))
    }
}

/// A lock that a panic of another thread does not close.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

/// Why a script's text could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Nothing has this name.
    NotThere,
    /// The name leads out of the project's folder.
    Outside,
    /// It is longer than a script may be.
    TooLong(usize),
    /// What the system said.
    Unreadable(Text),
}

/// The file of a name below a folder; links that lead out of it are refused.
fn below(root: &Path, name: &str) -> Result<PathBuf, Unread> {
    let relative = Path::new(name);
    let plain = relative.components().all(|c| matches!(c, Component::Normal(_)));
    if !plain || name.contains(['\\', '\0', ':']) {
        return Err(Unread::Outside);
    }
    let unreadable = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Unread::NotThere,
        _ => Unread::Unreadable(Text::plain(e.to_string())),
    };
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let path = root.join(relative).canonicalize().map_err(unreadable)?;
    let root = root.canonicalize().map_err(unreadable)?;
    if path.starts_with(&root) { Ok(path) } else { Err(Unread::Outside) }
}

/// The file that an import names.
fn file_name(path: &str) -> String {
    if path.ends_with(".rhai") { path.to_owned() } else { format!("{path}.rhai") }
}

/// A module's place in the list of those being loaded, given up when it is.
struct Turn;

impl Drop for Turn {
    fn drop(&mut self) {
        LOADING.with_borrow_mut(|names| names.pop());
    }
}

impl ModuleResolver for Modules {
    fn resolve(
        &self,
        engine: &Engine,
        _: Option<&str>,
        path: &str,
        at: Position,
    ) -> Result<Shared<Module>, Failed> {
        let name = file_name(path);
        let say = |what: Text, hint: Text| -> Failed {
            let mut failed = fail(what, hint);
            failed.set_position(at);
            failed
        };
        if let Some(module) = lock(&self.loaded).get(&name) {
            return Ok(module.clone());
        }
        one_more_module().map_err(|mut e| {
            e.set_position(at);
            e
        })?;
        let circle = LOADING.with_borrow(|names| names.contains(&name));
        if circle {
            return Err(say(
                text!(script_module_circle, path = path),
                text!(script_module_circle_hint),
            ));
        }
        if LOADING.with_borrow(Vec::len) >= self.depth {
            return Err(say(
                text!(script_modules_nested, most = self.depth),
                text!(script_fewer_modules),
            ));
        }
        let source = self.read(&name).map_err(|why| match why {
            Unread::NotThere => EvalAltResult::ErrorModuleNotFound(path.to_owned(), at).into(),
            Unread::Outside => {
                say(text!(script_module_outside, path = path), text!(script_module_outside_hint))
            }
            Unread::TooLong(limit) => {
                say(text!(script_module_long, path = path, limit = limit), text!(script_divide))
            }
            Unread::Unreadable(reason) => say(
                text!(unreadable, file = format!("`{path}`"), reason = reason),
                text!(script_look_at_file),
            ),
        })?;
        LOADING.with_borrow_mut(|names| names.push(name.clone()));
        let _turn = Turn;
        lock(&self.texts).insert(source.name.clone(), Arc::clone(&source));
        // A limit that is passed in a module ends the script that imports it, too.
        let in_module = |e: Failed| -> Failed {
            match e.is_system_exception() && !matches!(*e, EvalAltResult::ErrorParsing(..)) {
                true => {
                    let mut e = e;
                    e.set_position(at);
                    e
                }
                false => EvalAltResult::ErrorInModule(source.name.clone(), e, at).into(),
            }
        };
        let text = plain_comments(&source.text);
        let mut ast = engine
            .compile(text)
            .map_err(|e| in_module(EvalAltResult::ErrorParsing(*e.0, e.1).into()))?;
        if crate::check::is_too_deep(&ast) {
            let deep = rhai::ParseErrorType::ExprTooDeep;
            return Err(in_module(EvalAltResult::ErrorParsing(deep, Position::NONE).into()));
        }
        if check::imports(&ast).iter().any(|(name, _)| name.is_none()) {
            let (what, hint) = check::computed_import();
            return Err(in_module(say(what, hint)));
        }
        ast.set_source(source.name.as_str());
        let module = Module::eval_ast_as_new(Scope::new(), &ast, engine).map_err(in_module)?;
        let module: Shared<Module> = module.into();
        lock(&self.loaded).insert(name, module.clone());
        Ok(module)
    }
}
