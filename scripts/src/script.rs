//! Scripts: compiles a text and reports all its errors together; calls into the compiled script.

use std::any::Any;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use quanheng_core::method::{
    ProgramFault, Setting, SettingError, Settings, Site, Source, Stage, closest,
};
use quanheng_words::{Text, text};
use rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, ParseErrorType, Scope};

use crate::call::{self, Constants, Values};
use crate::check::{self, Known};
use crate::header::Header;
use crate::host::{self, Function};
use crate::import::{Modules, Unread};
use crate::limits::{Limits, Misfit, Running, is_unfit, spent, too_large, unfit};
use crate::problem::{Texts, did_you_mean, explain, fail, parse_words, short, signature_name};
use crate::setting::{Declared, Declaring};
use crate::source::{function_span, plain_comments, setting_doc};
use crate::stack;

/// The engine that scripts of one project share, with its limits and where its modules come from.
pub struct Host {
    pub(crate) engine: Engine,
    pub(crate) functions: Vec<Function>,
    known: OnceLock<Known>,
    pub(crate) limits: Limits,
    pub(crate) modules: Arc<Modules>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// The module resolver as the engine holds it.
struct Shared(Arc<Modules>);

impl rhai::ModuleResolver for Shared {
    fn resolve(
        &self,
        engine: &Engine,
        source: Option<&str>,
        path: &str,
        at: rhai::Position,
    ) -> Result<rhai::Shared<rhai::Module>, Box<EvalAltResult>> {
        self.0.resolve(engine, source, path, at)
    }
}

impl Host {
    /// A host whose scripts may import modules below `root`; only bundled ones without it.
    pub fn new(root: Option<PathBuf>, limits: Limits) -> Arc<Host> {
        let (mut engine, functions) = host::engine(&limits);
        let modules = Arc::new(Modules::new(root, limits.source, limits.modules));
        engine.set_module_resolver(Shared(Arc::clone(&modules)));
        #[expect(deprecated, reason = "not deprecated, but said to be volatile; rhai is pinned")]
        engine.on_var(|name, index, context| {
            // A variable of the function itself has its place, or is one that a closure took along.
            let own = match index {
                0 => context.scope().get(name),
                place => context.scope().iter_raw().nth(place - 1).map(|(.., value)| value),
            };
            match own.and_then(unfit) {
                None => {}
                Some(Misfit::Great) => return Err(too_large("Size of list or map")),
                Some(Misfit::Deep) => {
                    return Err(fail(
                        text!(script_value_deep, name = name),
                        text!(script_value_deep_hint),
                    ));
                }
            }
            if index > 0 || own.is_some() {
                return Ok(None);
            }
            // A function of a module sees the module's constants, one of the script itself the script's.
            if let Some(constants) = &context.global_runtime_state().constants {
                let constants = constants.read().unwrap_or_else(|e| e.into_inner());
                return Ok(constants.get(name).cloned());
            }
            let constants = context.tag().read_lock::<Constants>();
            Ok(constants.and_then(|c| c.0.constants.get(name).cloned()))
        });
        Arc::new(Host { engine, functions, known: OnceLock::new(), limits, modules })
    }

    /// What every script can call. It is found out when the first script is opened: most projects have none.
    pub(crate) fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let signatures = self.functions.iter().map(Function::signature).collect();
            let mut known = Known { signatures, functions: Vec::new() };
            let mut named: HashSet<String> =
                known.signatures.iter().map(|s| signature_name(s).to_owned()).collect();
            for signature in self.engine.gen_fn_signatures(true) {
                let Some((name, rest)) = signature.split_once('(') else { continue };
                let Some((parameters, _)) = rest.split_once(')') else { continue };
                let count = parameters.split(',').filter(|p| !p.trim().is_empty()).count();
                known.functions.push((name.trim().to_owned(), count));
                if named.insert(name.to_owned()) {
                    known.signatures.push(format!("{name}({})", parameter_names(parameters)));
                }
            }
            known
        })
    }

    /// The functions of the host, in the order of the documents.
    pub fn functions(&self) -> &[Function] {
        &self.functions
    }

    /// The files that were read for scripts and their modules.
    pub fn files(&self) -> Vec<PathBuf> {
        self.modules.files()
    }

    /// The text of a script below the project's folder, or of the bundled library.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, name: &str) -> Result<Arc<Source>, Unread> {
        self.modules.read(name)
    }
}

fn parameter_names(parameters: &str) -> String {
    let names = parameters.split(',').map(|p| p.split(':').next().unwrap_or(p).trim());
    names.collect::<Vec<_>>().join(", ")
}

/// A compiled script: what it is, what can be set, and its functions. One serves all threads.
pub struct Script {
    number: u64,
    pub(crate) host: Arc<Host>,
    source: Arc<Source>,
    pub(crate) ast: AST,
    stage: Stage,
    header: Header,
    settings: Vec<Setting>,
    imports: bool,
    /// What it imports, directly or through others, by name.
    modules: Vec<Arc<Source>>,
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").field("source", &self.source.name).finish_non_exhaustive()
    }
}

/// The functions that determine the kind of a script: name, allowed numbers of arguments, stage.
pub const FUNCTIONS: [(&str, &[usize], Stage); 7] = [
    ("system", &[0, 1], Stage::System),
    ("impute", &[1, 2], Stage::Imputation),
    ("treat", &[1, 2], Stage::Treatment),
    ("normalise", &[1, 2], Stage::Normalisation),
    ("weights", &[1], Stage::Weighting),
    ("aggregate", &[1], Stage::Aggregation),
    ("tiers", &[1, 2], Stage::Tiering),
];

/// The error for a text without a function of a stage; it may still be a module.
pub fn no_stage() -> Text {
    text!(script_no_stage)
}

/// The function of a stage.
pub(crate) fn function_of(stage: Stage) -> &'static str {
    FUNCTIONS.iter().find(|(_, _, s)| *s == stage).map_or("", |(name, _, _)| name)
}

struct Sources<'a> {
    own: &'a Arc<Source>,
    host: &'a Host,
    script: Vec<String>,
}

impl Texts for Sources<'_> {
    fn find(&self, name: Option<&str>) -> Arc<Source> {
        name.and_then(|name| self.host.modules.text(name)).unwrap_or_else(|| Arc::clone(self.own))
    }

    fn functions(&self) -> Vec<String> {
        self.script.iter().chain(&self.host.known().signatures).cloned().collect()
    }
}

impl Script {
    /// Compiles a script.
    ///
    /// # Errors
    /// Everything that is wrong, as far as one fault does not hide another.
    pub fn compile(
        host: &Arc<Host>,
        source: Arc<Source>,
    ) -> Result<Arc<Script>, Vec<ProgramFault>> {
        let host = Arc::clone(host);
        stack::run(move || Script::compiled(&host, source))
            .unwrap_or_else(|panic| Err(vec![fault_of(&*panic)]))
    }

    fn compiled(host: &Arc<Host>, source: Arc<Source>) -> Result<Arc<Script>, Vec<ProgramFault>> {
        let at = |span: std::ops::Range<usize>| {
            vec![Site { source: Arc::clone(&source), span, note: Text::default() }]
        };
        if source.text.len() > host.limits.source {
            return Err(vec![ProgramFault {
                what: text!(script_long, limit = host.limits.source),
                hint: Some(text!(script_long_hint)),
                ..ProgramFault::default()
            }]);
        }
        let _running = Running::new(&host.limits);
        let text = plain_comments(&source.text);
        let mut ast = host.engine.compile(&text).map_err(|e| {
            let failed = EvalAltResult::ErrorParsing(*e.0, e.1);
            let texts = Sources { own: &source, host, script: Vec::new() };
            vec![explain(failed, &texts)]
        })?;
        if check::is_too_deep(&ast) {
            let (what, hint) = parse_words(&ParseErrorType::ExprTooDeep);
            return Err(vec![ProgramFault { what, hint, ..ProgramFault::default() }]);
        }
        ast.set_source(source.name.as_str());

        let mut faults = Vec::new();
        let (header, unknown) = Header::read(&source.text);
        for (span, known) in unknown {
            let word = &source.text[span.clone()];
            faults.push(ProgramFault {
                what: text!(script_header_word, word = short(word)),
                hint: Some(text!(one_of, names = known)),
                sites: at(span),
                row: None,
            });
        }
        let mut stages = Vec::new();
        for function in ast.iter_functions() {
            if let Some((name, counts, stage)) =
                FUNCTIONS.iter().find(|(name, _, _)| *name == function.name)
            {
                if counts.contains(&function.params.len()) {
                    stages.push(*stage);
                } else {
                    let counts: Vec<Text> =
                        counts.iter().map(|n| Text::plain(n.to_string())).collect();
                    faults.push(ProgramFault {
                        what: text!(script_arguments, name = *name, count = function.params.len()),
                        hint: Some(text!(script_arguments_hint, counts = counts)),
                        sites: at(function_span(&source.text, name)),
                        row: None,
                    });
                }
            }
        }
        quanheng_core::number::sort_items(&mut stages, Ord::cmp);
        stages.dedup();
        if stages.len() != 1 && faults.is_empty() {
            let names: Vec<&str> = FUNCTIONS.iter().map(|(name, _, _)| *name).collect();
            let slip = ast.iter_functions().find_map(|f| {
                let meant = closest(f.name, FUNCTIONS.iter().map(|(name, _, _)| *name))?;
                Some((function_span(&source.text, f.name), meant))
            });
            faults.push(ProgramFault {
                what: match stages.len() {
                    0 => no_stage(),
                    _ => {
                        let functions: Vec<&str> = stages.iter().map(|s| function_of(*s)).collect();
                        text!(script_several_stages, names = functions)
                    }
                },
                hint: Some(match (&slip, stages.is_empty()) {
                    (Some((_, meant)), true) => did_you_mean(meant),
                    _ => text!(one_of, names = names),
                }),
                sites: slip
                    .filter(|_| stages.is_empty())
                    .map(|(span, _)| at(span))
                    .unwrap_or_default(),
                row: None,
            });
        }
        faults.extend(check::computed_imports(&ast, &source));
        let constants = check::constants(&ast);
        faults.extend(check::names(host.known(), &ast, &source, &constants));
        if !faults.is_empty() {
            return Err(faults);
        }
        let imports = check::has_imports(&ast);
        let modules = host.modules.all_of(&host.engine, &ast);
        let mut script = Script {
            number: call::number(),
            host: Arc::clone(host),
            source,
            ast,
            stage: stages[0],
            header,
            settings: Vec::new(),
            imports,
            modules,
        };
        let (_, declared) = script.declare(Settings::default()).map_err(|fault| vec![fault])?;
        script.settings = declared.settings;
        for setting in &mut script.settings {
            setting.doc = setting_doc(&script.source.text, &setting.name).into();
        }
        Ok(Arc::new(script))
    }

    /// Reads and compiles a script of the project or of the bundled library.
    ///
    /// # Errors
    /// Why it cannot be read, or what is wrong with it.
    pub fn open(
        host: &Arc<Host>,
        name: &str,
    ) -> Result<Arc<Script>, Result<Vec<ProgramFault>, Unread>> {
        let source = host.read(name).map_err(Err)?;
        Script::compile(host, source).map_err(Ok)
    }

    /// The stage that it is for.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What it says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Its settings.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// Its text.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Every text that it is made of: its own, then those of the modules that it imports, directly or through others,
    /// by their names.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<Source>> {
        std::iter::once(&self.source).chain(&self.modules)
    }

    /// Whether it has a function of this name and number of arguments.
    pub(crate) fn has(&self, name: &str, arguments: usize) -> bool {
        self.ast.iter_functions().any(|f| f.name == name && f.params.len() == arguments)
    }

    /// Whether it defines a function of this name.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.ast.iter_functions().any(|f| f.name == name)
    }

    /// Does work of the engine on this script where there is stack enough.
    fn inside<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Script) -> Result<T, ProgramFault> + Send + 'static,
    ) -> Result<T, ProgramFault> {
        let script = Arc::clone(self);
        stack::run(move || work(&script)).unwrap_or_else(|panic| Err(fault_of(&*panic)))
    }

    /// Runs the top of the script: constants, with settings as stated. Only where there is stack enough.
    fn declare(&self, stated: Settings) -> Result<(Constants, Declared), ProgramFault> {
        let declaring = Declaring(Arc::new(Mutex::new(Declared { stated, ..Declared::default() })));
        let tag = Dynamic::from(declaring.clone());
        let _running = Running::new(&self.host.limits);
        let mut scope = Scope::new();
        // Functions are known while the top runs, so that constants may call them.
        let options = CallFnOptions::new().with_tag(tag).eval_ast(true).rewind_scope(false);
        let engine = &self.host.engine;
        let ran: Result<Dynamic, _> =
            engine.call_fn_with_options(options, &mut scope, &self.top(), START, ());
        let _ = ran.map_err(|failed| self.explain(*failed))?;
        if let Some(spent) = spent() {
            return Err(self.explain(*spent.failed()));
        }
        if let Some((name, ..)) = scope.iter_raw().find(|(.., value)| is_unfit(value)) {
            let what = text!(script_value_deep, name = short(name));
            let hint = Some(text!(script_value_deep_hint));
            return Err(ProgramFault { what, hint, ..ProgramFault::default() });
        }
        let constants = scope
            .iter_raw()
            .filter(|(_, constant, _)| *constant)
            .map(|(name, _, value)| (name.into(), value.clone()))
            .collect();
        let mut declared =
            std::mem::take(&mut *declaring.0.lock().unwrap_or_else(|e| e.into_inner()));
        let settings = std::mem::take(&mut declared.values);
        let values = Values { script: self.number, constants, settings };
        Ok((Constants(Arc::new(values)), declared))
    }

    /// The script with a function that does nothing, called to run its top.
    fn top(&self) -> AST {
        let nothing = self.host.engine.compile(format!("fn {START}() {{}}"));
        match nothing {
            Ok(nothing) => self.ast.merge(&nothing),
            Err(_) => self.ast.clone(),
        }
    }

    /// Puts the script to use with these settings.
    ///
    /// # Errors
    /// A setting that does not fit, or a fault of the script's own checks.
    pub fn prepare(self: &Arc<Self>, stated: &Settings) -> Result<Arc<Prepared>, Unfit> {
        stated.only(&self.settings).map_err(Unfit::Setting)?;
        let stated = stated.clone();
        let (constants, declared) =
            self.inside(move |script| script.declare(stated)).map_err(Unfit::Fault)?;
        match declared.fault {
            Some(error) => Err(Unfit::Setting(error)),
            None => Ok(Arc::new(Prepared { script: Arc::clone(self), constants })),
        }
    }

    /// The script put to use for its own examples, whatever settings it requires.
    pub(crate) fn for_looking(self: &Arc<Self>) -> Result<Arc<Prepared>, ProgramFault> {
        let (constants, _) = self.inside(|script| script.declare(Settings::default()))?;
        Ok(Arc::new(Prepared { script: Arc::clone(self), constants }))
    }

    /// Calls a function with the computed constants. Call this only where there is enough stack.
    fn call(
        &self,
        name: &str,
        constants: &Constants,
        mut arguments: Vec<Dynamic>,
    ) -> Result<Dynamic, ProgramFault> {
        let engine = &self.host.engine;
        let _running = Running::new(&self.host.limits);
        let done = if self.imports {
            // What is imported is found anew by each call.
            let tag = Dynamic::from(constants.clone());
            let options = CallFnOptions::new().with_tag(tag).eval_ast(true);
            engine.call_fn_with_options(options, &mut Scope::new(), &self.ast, name, arguments)
        } else {
            call::function(engine, &self.ast, constants, name, &mut arguments)
        };
        // A limit stays passed, whatever caught the error.
        let done = match (done, spent()) {
            (Ok(_), Some(spent)) => Err(spent.failed()),
            (done, _) => done,
        };
        if done.as_ref().is_ok_and(is_unfit) {
            let what = text!(script_gave_deep, name = name);
            return Err(self.fault_at(name, what, text!(script_gave_deep_hint)));
        }
        done.map_err(|failed| {
            let mut fault = self.explain(*failed);
            // A loop that never ends has no place of its own.
            if fault.sites.is_empty() {
                let named = if name.starts_with("anon$") { function_of(self.stage) } else { name };
                fault.sites.push(self.place_of(named));
            }
            fault
        })
    }

    pub(crate) fn explain(&self, failed: EvalAltResult) -> ProgramFault {
        let own = |f: rhai::ScriptFnMetadata<'_>| format!("{}({})", f.name, f.params.join(", "));
        let script = self.ast.iter_functions().map(own).collect();
        let texts = Sources { own: &self.source, host: &self.host, script };
        explain(failed, &texts)
    }

    /// Where a function of the script stands.
    pub fn place_of(&self, function: &str) -> Site {
        let span = function_span(&self.source.text, function);
        Site { source: Arc::clone(&self.source), span, note: Text::default() }
    }

    /// A fault at a function of the script.
    pub(crate) fn fault_at(&self, function: &str, what: Text, hint: Text) -> ProgramFault {
        ProgramFault {
            what: what.map(&short),
            hint: (!hint.is_empty()).then_some(hint),
            sites: vec![self.place_of(function)],
            row: None,
        }
    }
}

const START: &str = "start_of_the_script";

/// Why a script could not be put to use.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// A setting.
    Setting(SettingError),
    /// The script itself.
    Fault(ProgramFault),
}

/// A script with its settings: what a stage calls.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) script: Arc<Script>,
    constants: Constants,
}

impl Prepared {
    /// The script.
    pub fn script(&self) -> &Arc<Script> {
        &self.script
    }

    /// Calls a function of the script.
    pub(crate) fn call(
        &self,
        name: &str,
        arguments: Vec<Dynamic>,
    ) -> Result<Dynamic, ProgramFault> {
        let (name, constants) = (name.to_owned(), self.constants.clone());
        self.script.inside(move |script| script.call(&name, &constants, arguments))
    }

    /// A constant of the script, by its name.
    pub(crate) fn constant(&self, name: &str) -> Option<&Dynamic> {
        self.constants.0.constants.get(name)
    }
}

/// The error for a panic in the engine, or in a function that scripts call.
fn fault_of(panic: &(dyn Any + Send)) -> ProgramFault {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    let reason = words.map_or_else(|| text!(script_no_reason), |words| Text::plain(short(words)));
    ProgramFault {
        what: text!(script_host_failed, reason = reason),
        hint: Some(text!(script_host_failed_hint)),
        ..ProgramFault::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanheng_core::method::Source;

    /// A variable that a closure takes along is itself, whatever constants there are; constants are seen everywhere else.
    #[test]
    fn variables_come_before_constants() {
        let text = "const A = 5;\nconst B = 7;\nfn weights(siblings) { siblings.stated }\n\
                    fn outer() { A + B }\n\
                    fn inner(m) {\n    let A = 1;\n    m.map_columns(|x| x.sum() * 0 + A + B)\n}\n";
        let host = Host::new(None, Limits::default());
        let source = Source::new("test.rhai", text);
        let script = Script::compile(&host, Arc::new(source)).expect("a script");
        let prepared = script.prepare(&Settings::default()).expect("no settings");
        assert_eq!(prepared.call("outer", Vec::new()).expect("it runs").as_int(), Ok(12));
        let scores = crate::host::Matrix::copy(&[&[1.0, 2.0]]).expect("room");
        let found = prepared.call("inner", vec![Dynamic::from(scores)]).expect("it runs");
        let found = found.read_lock::<crate::host::Column>().expect("a column").values().to_vec();
        assert_eq!(found, [8.0]);
    }
}
