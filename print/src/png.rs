//! SVG to PNG.

use std::sync::Arc;

use fontdb::{Database, Family, ID, Query};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree};

use crate::Fonts;

/// A drawing of more pixels than this is refused.
const MOST: u64 = 100_000_000;

/// A drawing as a PNG with `scale` pixels for each of its units. What a font of the drawing does not have is set in the
/// first of `families` that has it, then in any font; `sans-serif` is the first of them.
///
/// # Errors
/// Why the drawing cannot be read, or that it would have more than 100 million pixels.
pub fn png(svg: &str, scale: f32, families: &[String], fonts: &Fonts) -> Result<Vec<u8>, String> {
    let mut database = fonts.database();
    if let Some(family) = families.first() {
        Arc::make_mut(&mut database).set_sans_serif_family(family.as_str());
    }
    let fallback = |sign: char, tried: &[ID], database: &mut Arc<Database>| {
        fallback(sign, tried, database, families, fonts)
    };
    let options = Options {
        fontdb: database,
        font_family: "sans-serif".to_owned(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(fallback),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    if u64::from(width) * u64::from(height) > MOST {
        return Err(format!("{width} x {height} pixels are too many"));
    }
    let mut pixmap = Pixmap::new(width, height).ok_or("no room for the pixels")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| error.to_string())
}

/// The font for a sign that the chosen one does not have, as bold and as upright as that one.
fn fallback(
    sign: char,
    tried: &[ID],
    database: &Database,
    families: &[String],
    fonts: &Fonts,
) -> Option<ID> {
    let like = database.face(*tried.first()?)?;
    let has = |id: &ID| !tried.contains(id) && fonts.covers(*id, sign);
    let of = |family: &String| {
        database.query(&Query {
            families: &[Family::Name(family)],
            weight: like.weight,
            stretch: like.stretch,
            style: like.style,
        })
    };
    let wanted = families.iter().filter_map(of).find(has);
    wanted.or_else(|| database.faces().map(|face| face.id).find(has))
}
