//! Reports made of chapters: those of a template, and those that a project states.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::model::{LeagueIx, RegionIx};
use quanheng_words::{Language, text};

use super::super::paper;
use super::{Arguments, Made, Terminal, name_of, named, pages, print_lines};
use crate::data::map::Map;
use crate::data::write;
use crate::gate::{Folder, file_name};
use crate::problem::{Fault, Problem, Problems, ProseFault, Source};
use crate::progress::Progress;
use crate::project::{self, DocumentSaid, Resolved};
use crate::report::document::{Contents, Document, Part, html, markdown};
use crate::report::page::Content;
use crate::report::prose::{self, Plan, Sources};
use crate::report::template::{self, TEMPLATES, Template};

/// The endings of files that a report can be written to.
const ENDINGS: [&str; 3] = ["html", "pdf", "md"];

/// Copies the chapters of a template into a folder of the project.
pub(super) fn copy(arguments: &Arguments, folder: &Path, out: &Terminal) -> Result<(), Problems> {
    let template = named_template(arguments.template.as_deref().unwrap_or_default())?;
    let file = project::file_of(&arguments.project);
    let project = Folder::of(&file);
    let mut lines = Vec::new();
    let mut names = Vec::new();
    for (name, text) in template.chapters(out.language) {
        let path = project.join(folder.join(name));
        if path.exists() {
            let fault = Fault::Exists { file: path.display().to_string() };
            return Err(Problem { fault, places: Vec::new() }.into());
        }
        write::below(&project, &path, text.as_bytes())?;
        lines.push(text!(wrote_file, file = path.display().to_string()));
        names.push(format!("\"{}\"", folder.join(name).display().to_string().replace('\\', "/")));
    }
    let entry = format!("[document.{}]\nchapters = [{}]", template.name, names.join(", "));
    lines.push(text!(template_copied, entry = entry));
    print_lines(&lines, out.language)
}

fn named_template(name: &str) -> Result<&'static Template, Problems> {
    template::find(name).ok_or_else(|| {
        let known = TEMPLATES.iter().map(|template| template.name.to_owned()).collect();
        Problem::unknown(text!(thing_template), name, known).into()
    })
}

/// What is written of a project.
struct Wanted<'a> {
    template: Option<&'static Template>,
    said: Option<&'a DocumentSaid>,
}

impl Wanted<'_> {
    fn chapters(&self, language: Language) -> Vec<Arc<Source>> {
        if let Some(template) = self.template {
            return template.sources(language);
        }
        let chapters = self.said.map(|said| &said.chapters);
        let of = |tag: &str| chapters.and_then(|chapters| chapters.get(tag));
        of(language.tag()).or_else(|| of("")).cloned().unwrap_or_default()
    }

    fn is_of_region(&self) -> bool {
        self.template.is_some_and(|template| template.of_region)
    }
}

/// Writes a report.
pub(super) fn write(
    resolved: Resolved,
    arguments: &Arguments,
    out: &Terminal,
    map: Option<&Map>,
    progress: &Progress,
) -> Result<(), Problems> {
    let mut arguments = arguments.clone();
    let said = match &arguments.document {
        None => None,
        Some(code) => Some(resolved.documents.get(code).cloned().ok_or_else(|| {
            let known = resolved.documents.keys().cloned().collect();
            Problems::from(Problem::unknown(text!(thing_document), code, known))
        })?),
    };
    let name = arguments.template.clone().or_else(|| said.as_ref()?.template.clone());
    let template = name.as_deref().map(named_template).transpose()?;
    let wanted = Wanted { template, said: said.as_ref() };
    let region = arguments.region.as_deref();
    let region = region.map(|wanted| named::region(&resolved.study, wanted)).transpose()?;
    let is_folder = wanted.is_of_region()
        && region.is_none()
        && (arguments.file().is_dir() || arguments.file().extension().is_none());
    let files = match is_folder {
        true => vec![(out.language, arguments.file().to_path_buf())],
        false => pages(&arguments, out),
    };
    for (_, file) in files.iter().filter(|_| !is_folder) {
        if ending(file)? == "pdf" {
            paper::is_built(file)?;
        }
    }
    if let Some(said) = &said {
        if let Some(code) = said.methodology.as_ref().filter(|_| arguments.methodology.is_empty()) {
            // The others are there too, for comparisons.
            let others = resolved.methodologies.keys().filter(|other| *other != code).cloned();
            arguments.methodology = std::iter::once(code.clone()).chain(others).collect();
        }
        if arguments.period.is_empty() {
            arguments.period.extend(said.period.clone());
        }
        if arguments.league.is_empty() {
            arguments.league.extend(said.league.clone());
        }
    }
    let made = Made::new(resolved, &arguments, out.language, progress)?;
    let mut lines = Vec::new();
    let mut warned = Problems::default();
    let mut put =
        |document: &Document, file: &Path| put(document, file, &arguments.font, &mut warned);
    made.pages(&arguments, &files, (map, out.form), |k, file, content, resolved| {
        progress.step(&text!(progress_writing), k, files.len());
        let language = content.language;
        let title = said.as_ref().and_then(|said| said.title.get(language.tag()));
        let period = named::periods(&resolved.study, &arguments.period)?;
        let plan = Plan {
            title: title.unwrap_or_default().to_owned(),
            kind: template.map(|of| of.label(language).to_owned()).unwrap_or_default(),
            chapters: wanted.chapters(language),
            period: period.and_then(|periods| periods.into_iter().max()),
            leagues: made.leagues.clone(),
            decimals: said.as_ref().and_then(|said| said.decimals),
            region,
            contents: match (&said, template) {
                (_, Some(template)) => template.contents,
                (Some(said), None) if !said.contents => Contents::Nothing,
                _ => Contents::Everything,
            },
            prefix: String::new(),
        };
        let of = |plan: &Plan| {
            prose::compose(&Sources { content, explanations: &made.explanations, plan })
        };
        if !wanted.is_of_region() || region.is_some() {
            lines.extend(put(&of(&plan)?, file)?);
            return Ok(());
        }
        let regions = regions(content, &made.leagues);
        let mut all: Option<Document> = None;
        for (at, region) in regions.into_iter().enumerate() {
            let region_code = &resolved.study.regions[region.0 as usize].code;
            let plan = Plan {
                region: Some(region),
                prefix: if is_folder { String::new() } else { format!("{at}-") },
                ..plan.clone()
            };
            let document = of(&plan)?;
            if is_folder {
                let name = format!("{}.html", file_name(region_code));
                put(&document, &file.join(name))?;
                continue;
            }
            match &mut all {
                None => {
                    all = Some(Document { contents: Contents::Chapters, ..document });
                }
                Some(all) => {
                    all.parts.push(Part::NewPage);
                    all.parts.extend(document.parts);
                }
            }
        }
        match all {
            Some(document) => lines.extend(put(&document, file)?),
            None => lines.push(text!(wrote_file, file = file.display().to_string())),
        }
        Ok(())
    })?;
    progress.done();
    made.ended(&lines, warned, out.language)
}

/// The regions with a rank, league by league, in the order of their ranks.
fn regions(content: &Content<'_>, leagues: &[LeagueIx]) -> Vec<RegionIx> {
    let evaluation = &content.evaluations[0];
    let panel = &evaluation.study().panel;
    let mut all = Vec::new();
    for league in leagues {
        let shown = content.slices[0].iter().map(|&at| &panel.slices()[at]);
        let last = shown.filter(|slice| slice.league == *league).max_by_key(|slice| slice.period);
        let rows = last.into_iter().flat_map(|slice| slice.rows.clone());
        let mut own: Vec<usize> = rows.filter(|&row| !evaluation.ranks()[row].is_nan()).collect();
        quanheng_core::number::sort_by_key(&mut own, &|row| evaluation.ranks()[row]);
        all.extend(own.into_iter().map(|row| panel.regions()[row]));
    }
    all
}

/// The ending of a file that a report can be written to.
fn ending(file: &Path) -> Result<&'static str, Problems> {
    let of = file.extension().map(|of| of.to_string_lossy().to_lowercase());
    ENDINGS.into_iter().find(|known| of.as_deref() == Some(*known)).ok_or_else(|| {
        let known = ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
        let fault = Fault::Prose(ProseFault::Ending { file: name_of(file), known });
        Problem { fault, places: Vec::new() }.into()
    })
}

/// Writes a document to a file, in the form that its name says, and what lies beside it.
fn put(
    document: &Document,
    file: &Path,
    fonts: &[PathBuf],
    warned: &mut Problems,
) -> Result<Vec<quanheng_words::Text>, Problems> {
    let mut lines = vec![text!(wrote_file, file = file.display().to_string())];
    match ending(file)? {
        "md" => {
            let folder = PathBuf::from(file).with_extension("figures");
            let written = markdown::render(document, &name_of(&folder));
            for (name, svg) in &written.drawings {
                write::bytes(&folder.join(name), svg.as_bytes())?;
            }
            if !written.drawings.is_empty() {
                lines.push(text!(wrote_file, file = folder.display().to_string()));
            }
            write::bytes(file, written.text.as_bytes())?;
        }
        "pdf" => {
            let (bytes, more) = paper::pdf(document, file, fonts)?;
            warned.extend(more);
            write::bytes(file, &bytes)?;
        }
        _ => write::bytes(file, html::render(document).as_bytes())?,
    }
    Ok(lines)
}
