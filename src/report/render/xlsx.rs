//! The workbook as an xlsx file.

use quanheng_core::model::State;
use quanheng_core::number::{clamp, max, min};
use quanheng_words::word;
use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color, DataValidation, DocProperties,
    ExcelDateTime, Format as Look, FormatAlign, FormatBorder, Formula, Workbook as File, Worksheet,
    XlsxError, cell_range_absolute, quote_sheet_name, row_col_to_cell_absolute,
};

use super::super::fit;
use super::super::workbook::{Below, Chart, Content, Profile, Shape, Sheet, Workbook, decimals};
use super::super::{Cell, Kind, Language, Reader, Table};
use super::{Format, Render, shown, stored};

pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    doc: "An Excel workbook: the ranking with charts and everything that explains it, then a sheet for each stage",
    reader: Reader::Files,
    is_tables_only: true,
    render: Render::Book(|book| {
        let tables = book.sheets.iter().filter_map(|sheet| match &sheet.content {
            Content::Table(table) => Some(table.rows.len() + sheet.above.len() + sheet.below.len()),
            Content::Charts(_) | Content::Profile(_) => None,
        });
        let fits = tables.max().unwrap_or(0) + 8 < ROWS;
        fits.then(|| render(book)).transpose().map_err(|e| e.to_string())
    }),
};

/// The most rows that a sheet can hold.
const ROWS: usize = 1_048_576;

/// The widest column, in characters: what is longer is broken into lines.
const WIDEST: f64 = 45.0;

/// A head of numbers is broken into lines beyond this.
const HEAD: f64 = 9.5;

/// Wider than this does not fit across an upright page.
const UPRIGHT: f64 = 125.0;

/// Wider than this cannot be read on one page: the sheet is printed on several beside each other.
const ONE_PAGE: f64 = 230.0;

/// The ink of heads and titles.
const INK: u32 = 0x1F_3864;

/// The colours of parts in a chart, which differ in print too, and for people who see fewer colours.
const PALETTE: [u32; 11] = [
    0x4472C4, 0xED7D31, 0xA5A5A5, 0xFFC000, 0x5B9BD5, 0x70AD47, 0x264478, 0x9E480E, 0x636363,
    0x997300, 0xBFBFBF,
];

/// The colours of tiers, from the best to the worst.
const TIERS: [u32; 5] = [0xA9D08E, 0xD9EAD3, 0xFFF2CC, 0xFCE4D6, 0xF4B6A6];

/// The workbook as an xlsx file. Its date of creation is fixed, so that the same workbook gives the same bytes.
///
/// # Errors
/// A table with more rows or columns than a sheet holds.
pub fn render(book: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut file = File::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&book.title).set_creation_datetime(&created);
    file.set_properties(&properties);
    let writer = Writer {
        language: book.language,
        font: match book.language {
            Language::Zh => "Microsoft YaHei",
            Language::En => "Calibri",
        },
        names: sheet_names(&book.sheets),
        book,
    };
    for (at, sheet) in book.sheets.iter().enumerate() {
        let page = file.add_worksheet();
        page.set_name(&writer.names[at])?;
        writer.sheet(page, at, sheet)?;
    }
    file.save_to_buffer()
}

/// Names that sheets can have: without some signs, not too long, and each once, whatever the case.
fn sheet_names(sheets: &[Sheet]) -> Vec<String> {
    const LONGEST: usize = 31;
    let is_refused = |c: char| matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    // A name is as long as its UTF-16.
    let cut = |text: &str, room: usize| {
        let mut length = 0;
        let fits = |c: &char| {
            length += c.len_utf16();
            length <= room
        };
        text.chars().take_while(fits).collect::<String>()
    };
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let plain = |c: char| if is_refused(c) || c.is_control() { '-' } else { c };
        let whole: String = sheet.name.trim().chars().map(plain).collect();
        let whole = if whole.is_empty() { "-".to_owned() } else { whole };
        let mut name = cut(&whole, LONGEST);
        let mut n = 1;
        while names.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
            n += 1;
            let end = format!(" {n}");
            name = format!("{}{end}", cut(&whole, LONGEST - end.len()));
        }
        names.push(name);
    }
    names
}

/// How wide a text is, in characters of a column: a Chinese one is as wide as two and a little.
fn breadth(text: &str) -> f64 {
    let line = |line: &str| {
        let (count, width) = (line.chars().count() as f64, fit::width(line) as f64);
        let wide = max(width - count, 0.0);
        (count - wide) * 1.05 + wide * 2.25
    };
    text.split('\n').map(line).fold(0.0, max)
}

/// How many lines a text takes in a column of this width.
fn line_count(text: &str, width: f64) -> usize {
    let room = max(width / 1.1, 2.0) as usize;
    text.split('\n').map(|line| fit::wrapped(line, room).split('\n').count()).sum::<usize>().max(1)
}

/// Where the table of a sheet stands: the row of its heads.
fn head_row(sheet: &Sheet) -> u32 {
    match sheet.title {
        Some(_) => sheet.above.len() as u32 + 2,
        None => 0,
    }
}

struct Writer<'b> {
    language: Language,
    font: &'static str,
    names: Vec<String>,
    book: &'b Workbook,
}

/// How the cells of a column look.
struct Looks {
    text: Look,
    number: Look,
    absent: Look,
    rank: Look,
    moved: Look,
}

impl Writer<'_> {
    fn look(&self) -> Look {
        Look::new()
            .set_font_name(self.font)
            .set_font_size(10)
            .set_align(FormatAlign::VerticalCenter)
    }

    fn head_look(&self, is_numeric: bool) -> Look {
        let align = if is_numeric { FormatAlign::Center } else { FormatAlign::Left };
        self.look()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(INK))
            .set_align(align)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xD0D0D0))
    }

    fn cell_look(&self) -> Look {
        self.look()
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(Color::RGB(0xA0A0A0))
    }

    fn sheet(&self, page: &mut Worksheet, at: usize, sheet: &Sheet) -> Result<(), XlsxError> {
        page.set_paper_size(9);
        page.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        let footer = |text: &str| text.replace('&', "&&");
        let (title, name) = (footer(&self.book.title), footer(&self.names[at]));
        // A header holds 255 characters at most.
        let title: String = title.chars().take(80).collect();
        page.set_footer(format!("&L&8{title}&C&8{name}&R&8&P / &N"));
        if let Some(title) = &sheet.title {
            let look = self.look().set_bold().set_font_size(16).set_font_color(Color::RGB(INK));
            page.write_string_with_format(0, 0, title, &look)?;
            page.set_row_height(0, 28)?;
            let look = self.look().set_font_color(Color::RGB(0x59_5959));
            for (i, line) in sheet.above.iter().enumerate() {
                page.write_string_with_format(i as u32 + 1, 0, line, &look)?;
            }
            page.set_screen_gridlines(false);
        }
        match &sheet.content {
            Content::Table(table) => self.table(page, sheet, table),
            Content::Charts(charts) => self.charts(page, sheet, charts),
            Content::Profile(profile) => self.profile(page, sheet, profile),
        }
    }

    /// A table with its lines, ready to be printed.
    fn table(&self, page: &mut Worksheet, sheet: &Sheet, table: &Table) -> Result<(), XlsxError> {
        let first = head_row(sheet);
        let widths: Vec<f64> = (0..table.columns.len()).map(|k| self.width(table, k)).collect();
        let mut lines = 1;
        for (k, head) in table.columns.iter().enumerate() {
            page.set_column_width(k as u16, widths[k])?;
            let look = self.head_look(table.is_numeric(k));
            page.write_string_with_format(first, k as u16, &head.label, &look)?;
            lines = lines.max(line_count(&head.label, widths[k]));
        }
        page.set_row_height(first, 6.0 + 14.0 * lines as f64)?;
        let mut lines = vec![1; table.rows.len()];
        for (k, width) in widths.iter().enumerate() {
            self.column(page, table, k, first, *width, &mut lines)?;
        }
        // Not every program finds the height of a row by itself.
        for (i, lines) in lines.into_iter().enumerate().filter(|(_, lines)| *lines > 1) {
            page.set_row_height(first + 1 + i as u32, 1.0 + 14.0 * lines as f64)?;
        }
        let last = first + table.rows.len() as u32;
        let end = (table.columns.len().max(1) - 1) as u16;
        if !table.rows.is_empty() {
            page.autofilter(first, 0, last, end)?;
        }
        // What says which row a row is stays in sight.
        let keys = table.columns.iter().take_while(|head| {
            matches!(
                head.key.as_str(),
                "rank" | "league" | "period" | "code" | "name" | "node" | "level"
            )
        });
        let keys = keys.count().min(4) as u16;
        page.set_freeze_panes(first + 1, keys)?;
        page.set_repeat_rows(first, first)?;
        let whole: f64 = widths.iter().sum();
        if whole > UPRIGHT {
            page.set_landscape();
        }
        let across = max((whole / ONE_PAGE).ceil(), 1.0) as u16;
        page.set_print_fit_to_pages(across, 0);
        if across > 1 && keys > 0 {
            page.set_repeat_columns(0, keys - 1)?;
        }
        self.below(page, &sheet.below, last + 2, &widths)
    }

    /// How wide a column is.
    fn width(&self, table: &Table, k: usize) -> f64 {
        let digits = decimals(table, k);
        let head = &table.columns[k];
        let mut shown_as = head.clone();
        if head.kind != Kind::Text {
            shown_as.kind = Kind::Number(Some(digits));
        }
        let cell = |row: &Vec<Cell>| breadth(&shown(&row[k], &shown_as, self.language));
        let cells = table.rows.iter().map(cell).fold(0.0, max);
        // A head has room for the arrow of the filter.
        let head = breadth(&head.label) + 3.0;
        let word = 1.15 * fit::longest_word(&table.columns[k].label) as f64 + 1.5;
        let head = match table.is_numeric(k) || head > 20.0 {
            true => min(head, max(HEAD, min(word, 18.0))),
            false => head,
        };
        clamp(max(cells + 2.0, head), 6.0, WIDEST)
    }

    fn looks(&self, table: &Table, k: usize) -> Looks {
        let digits = decimals(table, k);
        let largest = table.rows.iter().map(|row| match &row[k] {
            Cell::Number(x, State::Value) => x.abs(),
            _ => 0.0,
        });
        let largest = largest.fold(0.0, max);
        let whole = if largest >= 100_000.0 { "#,##0" } else { "0" };
        let decimals = |digits: usize| match digits {
            0 => whole.to_owned(),
            _ => format!("{whole}.{}", "0".repeat(digits)),
        };
        let cell = || self.cell_look();
        Looks {
            text: cell().set_align(FormatAlign::Left),
            number: cell()
                .set_num_format(decimals(digits))
                .set_align(FormatAlign::Right)
                .set_indent(1),
            absent: cell()
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_font_color(Color::RGB(0x80_8080)),
            rank: cell().set_num_format(decimals(digits)).set_align(FormatAlign::Center),
            moved: cell()
                .set_num_format(match digits {
                    0 => "\"↑\"0;\"↓\"0;\"–\"",
                    _ => "\"↑\"0.0;\"↓\"0.0;\"–\"",
                })
                .set_align(FormatAlign::Center),
        }
    }

    /// Writes a column, and takes part in saying how many lines each row has.
    fn column(
        &self,
        page: &mut Worksheet,
        table: &Table,
        k: usize,
        first: u32,
        width: f64,
        lines: &mut [usize],
    ) -> Result<(), XlsxError> {
        let looks = self.looks(table, k);
        let broken = looks.text.clone().set_text_wrap();
        let column = k as u16;
        for (i, row) in table.rows.iter().enumerate() {
            let at = first + 1 + i as u32;
            match &row[k] {
                Cell::Empty => page.write_blank(at, column, &looks.text)?,
                Cell::Number(x, State::Value) => {
                    page.write_number_with_format(at, column, *x, &looks.number)?
                }
                Cell::Count(n) => {
                    page.write_number_with_format(at, column, *n as f64, &looks.number)?
                }
                Cell::Rank(x) if x.is_finite() => {
                    page.write_number_with_format(at, column, *x, &looks.rank)?
                }
                Cell::Moved(x) if x.is_finite() => {
                    let look = match x.total_cmp(&0.0) {
                        std::cmp::Ordering::Less => {
                            looks.moved.clone().set_font_color(Color::RGB(0xC0_0000))
                        }
                        std::cmp::Ordering::Greater => {
                            looks.moved.clone().set_font_color(Color::RGB(0x2E_7D32))
                        }
                        std::cmp::Ordering::Equal => looks.moved.clone(),
                    };
                    page.write_number_with_format(at, column, *x, &look)?
                }
                Cell::Share { value, .. } if value.is_finite() => {
                    page.write_number_with_format(at, column, *value, &looks.number)?
                }
                Cell::Tier { at: place, of, label } => {
                    let look = looks.text.clone().set_align(FormatAlign::Center);
                    let look = look.set_background_color(Color::RGB(tier_colour(*place, *of)));
                    page.write_string_with_format(at, column, label, &look)?
                }
                absent @ Cell::Number(..) => {
                    let text = shown(absent, &table.columns[k], self.language);
                    page.write_string_with_format(at, column, text, &looks.absent)?
                }
                other => {
                    let text = stored(other);
                    // A cell holds so many characters, and no more.
                    let text: String = text.chars().take(32_000).collect();
                    let is_long = breadth(&text) > width || text.contains('\n');
                    if is_long {
                        lines[i] = lines[i].max(line_count(&text, width));
                    }
                    let look = if is_long { &broken } else { &looks.text };
                    page.write_string_with_format(at, column, text, look)?
                }
            };
        }
        Ok(())
    }

    /// Lines below a table, across its columns as far as a page reaches.
    fn below(
        &self,
        page: &mut Worksheet,
        lines: &[Below],
        mut at: u32,
        widths: &[f64],
    ) -> Result<(), XlsxError> {
        let mut across = 0.0;
        let mut end = 0;
        for (k, width) in widths.iter().enumerate() {
            if k > 0 && across + width > 130.0 {
                break;
            }
            across += width;
            end = k as u16;
        }
        let heading = self.look().set_bold().set_font_color(Color::RGB(INK));
        let plain = self.look().set_text_wrap().set_align(FormatAlign::Top);
        for line in lines {
            match line {
                Below::Heading(words) => {
                    page.write_string_with_format(at, 0, words, &heading)?;
                    page.set_row_height(at, 20)?;
                }
                Below::Line(words) => {
                    if end > 0 {
                        page.merge_range(at, 0, at, end, words, &plain)?;
                    } else {
                        page.write_string_with_format(at, 0, words, &plain)?;
                    }
                    page.set_row_height(at, 1.0 + 14.0 * line_count(words, across) as f64)?;
                }
            }
            at += 1;
        }
        Ok(())
    }

    fn font(&self, size: u32) -> ChartFont {
        let mut font = ChartFont::new();
        font.set_name(self.font).set_size(f64::from(size));
        font
    }

    fn charts(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        charts: &[Chart],
    ) -> Result<(), XlsxError> {
        const ROW: u32 = 20;
        // So many fit below each other on a page at this scale.
        const PAGE: u32 = 1350;
        let mut at = head_row(sheet);
        let mut breaks = Vec::new();
        let mut used = at * ROW;
        for chart in charts {
            let (drawing, height) = self.chart(chart);
            if used + height > PAGE && at > head_row(sheet) {
                breaks.push(at);
                used = 0;
            }
            page.insert_chart(at, 0, &drawing)?;
            used += height + 2 * ROW;
            at += height / ROW + 2;
        }
        page.set_print_scale(72);
        if !breaks.is_empty() {
            page.set_page_breaks(&breaks)?;
        }
        Ok(())
    }

    fn chart(&self, chart: &Chart) -> (Drawing, u32) {
        let of = &self.book.sheets[chart.sheet];
        let name = self.names[chart.sheet].as_str();
        let first = head_row(of);
        let (from, to) = (first + 1, first + chart.rows.max(1) as u32);
        let column = |k: usize| (name, from, k as u16, to, k as u16);
        let (kind, is_flat) = match chart.shape {
            Shape::Bars => (ChartType::Bar, true),
            Shape::Stack => (ChartType::BarStacked, true),
            Shape::Points => (ChartType::Line, false),
        };
        let mut drawing = Drawing::new(kind);
        for (i, &k) in chart.values.iter().enumerate() {
            let colour = Color::RGB(PALETTE[i % PALETTE.len()]);
            let series = drawing.add_series();
            series.set_categories(column(chart.names)).set_values(column(k));
            series.set_name((name, first, k as u16)).set_gap(45);
            match chart.shape {
                Shape::Bars | Shape::Stack => {
                    let mut fill = ChartSolidFill::new();
                    fill.set_color(colour);
                    series.set_format(ChartFormat::new().set_solid_fill(&fill));
                }
                Shape::Points => {
                    let mut line = ChartLine::new();
                    line.set_hidden(true);
                    series.set_format(ChartFormat::new().set_line(&line));
                    series.set_marker(&marker(i));
                }
            }
        }
        drawing.title().set_name(&chart.title).set_font(self.font(12).set_bold());
        match chart.values.len() {
            1 => drawing.legend().set_hidden(),
            _ => drawing.legend().set_position(ChartLegendPosition::Bottom).set_font(&self.font(9)),
        };
        let mut grid = ChartLine::new();
        grid.set_color(Color::RGB(0xD9_D9D9));
        let mut names = self.font(8);
        if is_flat {
            // The axes of bars that lie are exchanged. The best region stands above, the numbers below.
            drawing.y_axis().set_reverse().set_font(&names).set_label_interval(1);
            drawing.y_axis().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false);
            drawing.x_axis().set_font(&names).set_major_gridlines(true);
            drawing.x_axis().set_major_gridlines_line(&grid);
        } else {
            drawing.y_axis().set_font(&names).set_major_gridlines(true);
            drawing.y_axis().set_major_gridlines_line(&grid);
            drawing.x_axis().set_font(names.set_rotation(-60)).set_label_interval(1);
        }
        let height = match is_flat {
            true => 110 + 17 * chart.rows as u32 + if chart.values.len() > 1 { 40 } else { 0 },
            false => 420,
        };
        drawing.set_width(700).set_height(height);
        drawing.set_alt_text(&chart.title);
        (drawing, height)
    }

    /// A table of formulas about the region that is chosen on the sheet, and a chart of them.
    fn profile(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        profile: &Profile,
    ) -> Result<(), XlsxError> {
        let of = &self.book.sheets[profile.sheet];
        let Content::Table(table) = &of.content else { return Ok(()) };
        let language = self.language;
        let other = quote_sheet_name(&self.names[profile.sheet]);
        let from = head_row(of) + 1;
        let to = from + table.rows.len() as u32 - 1;
        let range =
            |k: usize| format!("{other}!{}", cell_range_absolute(from, k as u16, to, k as u16));
        let choose = head_row(sheet);
        let label = self.look().set_bold().set_align(FormatAlign::Right);
        page.write_string_with_format(choose, 0, word!(book_profile_choose, language), &label)?;
        let field = self
            .look()
            .set_bold()
            .set_font_size(12)
            .set_background_color(Color::RGB(0xFF_F2CC))
            .set_border(FormatBorder::Thin);
        let chosen = stored(&table.rows[0][profile.chosen_by]);
        page.write_string_with_format(choose, 1, &chosen, &field)?;
        let list = Formula::new(format!("={}", range(profile.chosen_by)));
        let list = DataValidation::new().allow_list_formula(list);
        page.add_data_validation(choose, 1, choose, 1, &list)?;

        // The chart stands between the choice and the table.
        let chart = choose + 2;
        let first = chart + 23;
        let cell = format!(
            "{}!{}",
            quote_sheet_name(&self.name_of(sheet)),
            row_col_to_cell_absolute(choose, 1)
        );
        let found = format!("MATCH({cell},{},0)", range(profile.chosen_by));
        let heads = [
            (word!(label_node, language).to_owned(), false),
            (word!(label_parent, language).to_owned(), false),
            (String::new(), true),
            (word!(book_mean_of_group, language).to_owned(), true),
            (word!(book_lowest, language).to_owned(), true),
            (word!(book_highest, language).to_owned(), true),
            (word!(label_rank, language).to_owned(), true),
            (word!(label_count, language).to_owned(), true),
        ];
        for (k, (head, is_numeric)) in heads.iter().enumerate() {
            let look = self.head_look(*is_numeric);
            match k {
                // The head of the region's column is its name, which the chart shows.
                2 => {
                    let formula = Formula::new(format!("={cell}")).set_result(&chosen);
                    page.write_formula_with_format(first, 2, formula, &look)?
                }
                _ => page.write_string_with_format(first, k as u16, head, &look)?,
            };
        }
        page.set_row_height(first, 32)?;
        for (i, node) in profile.nodes.iter().enumerate() {
            let at = first + 1 + i as u32;
            let text = self.cell_look();
            page.write_string_with_format(at, 0, &node.name, &text)?;
            page.write_string_with_format(at, 1, &node.parent, &text)?;
            let digits = match node.digits {
                0 => "0".to_owned(),
                digits => format!("0.{}", "0".repeat(digits)),
            };
            let number = self.cell_look().set_num_format(&digits);
            let whole = self.cell_look().set_align(FormatAlign::Center);
            let [score, rank] = node.columns;
            for (column, k, look) in [(2, score, &number), (6, rank, &whole)] {
                let formula = format!("=INDEX({},{found})", range(k));
                let result = stored(&table.rows[0][k]);
                let formula = Formula::new(formula).set_result(result);
                page.write_formula_with_format(at, column, formula, look)?;
            }
            let names = ["AVERAGE", "MIN", "MAX"];
            for (k, name) in names.iter().enumerate() {
                let Some(group) = node.group else { continue };
                let formula = Formula::new(format!("={name}({})", range(score)));
                let formula = formula.set_result(super::super::number::exact(group[k]));
                page.write_formula_with_format(at, 3 + k as u16, formula, &number)?;
            }
            page.write_number_with_format(at, 7, node.count as f64, &whole)?;
        }
        let widest = |of: &dyn Fn(&super::super::workbook::ProfileNode) -> f64| {
            profile.nodes.iter().map(of).fold(12.0, max)
        };
        page.set_column_width(0, clamp(widest(&|n| breadth(&n.name) + 2.0), 28.0, WIDEST))?;
        page.set_column_width(1, clamp(widest(&|n| breadth(&n.parent) + 2.0), 18.0, WIDEST))?;
        for k in 2..8 {
            page.set_column_width(k, 11)?;
        }
        page.set_print_fit_to_pages(1, 0);

        let name = self.name_of(sheet);
        let (start, end) =
            (first + 1 + profile.charted.start as u32, first + profile.charted.end as u32);
        let series = |drawing: &mut Drawing, k: u16, format: ChartFormat| {
            let series = drawing.add_series();
            series.set_categories((name.as_str(), start, 0, end, 0));
            series.set_values((name.as_str(), start, k, end, k));
            series.set_name((name.as_str(), first, k)).set_gap(60).set_format(&mut { format });
        };
        let mut bars = Drawing::new(ChartType::Column);
        let mut fill = ChartSolidFill::new();
        fill.set_color(Color::RGB(PALETTE[0]));
        let mut format = ChartFormat::new();
        format.set_solid_fill(&fill);
        series(&mut bars, 2, format);
        let mut points = Drawing::new(ChartType::Line);
        for (k, i) in [(3, 1), (4, 2), (5, 5)] {
            let series = points.add_series();
            series.set_categories((name.as_str(), start, 0, end, 0));
            series.set_values((name.as_str(), start, k, end, k));
            series.set_name((name.as_str(), first, k));
            let mut line = ChartLine::new();
            line.set_hidden(true);
            series.set_format(ChartFormat::new().set_line(&line)).set_marker(&marker(i));
        }
        bars.combine(&points);
        bars.title()
            .set_name(sheet.title.as_deref().unwrap_or_default())
            .set_font(self.font(12).set_bold());
        bars.legend().set_position(ChartLegendPosition::Bottom).set_font(&self.font(9));
        let slanted = profile.charted.len() > 6;
        let mut font = self.font(8);
        if slanted {
            font.set_rotation(-45);
        }
        bars.x_axis().set_font(&font).set_label_interval(1);
        bars.x_axis().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
        bars.y_axis().set_font(&self.font(8));
        bars.set_width(820).set_height(430);
        page.insert_chart(chart, 0, &bars)?;
        Ok(())
    }

    fn name_of(&self, sheet: &Sheet) -> String {
        let at = self.book.sheets.iter().position(|other| std::ptr::eq(other, sheet));
        at.map(|at| self.names[at].clone()).unwrap_or_default()
    }
}

/// The sign of a series of points.
fn marker(i: usize) -> ChartMarker {
    const SIGNS: [ChartMarkerType; 5] = [
        ChartMarkerType::Circle,
        ChartMarkerType::Diamond,
        ChartMarkerType::Triangle,
        ChartMarkerType::Square,
        ChartMarkerType::LongDash,
    ];
    let mut fill = ChartSolidFill::new();
    fill.set_color(Color::RGB(PALETTE[i % PALETTE.len()]));
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(PALETTE[i % PALETTE.len()]));
    let mut marker = ChartMarker::new();
    marker.set_type(SIGNS[i % SIGNS.len()]).set_size(8);
    marker.set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&line));
    marker
}

/// The colour of a tier: the best of all is green, the worst red.
fn tier_colour(place: usize, of: usize) -> u32 {
    let last = TIERS.len() - 1;
    TIERS[if of > 1 { (place * last + (of - 1) / 2) / (of - 1) } else { 0 }.min(last)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str) -> Sheet {
        let content = Content::Charts(Vec::new());
        Sheet { name: name.to_owned(), title: None, above: vec![], content, below: vec![] }
    }

    #[test]
    fn names_of_sheets_are_names_that_a_workbook_can_have() {
        let given = [
            "Ranking",
            "ranking",
            "a/b",
            "",
            "排".repeat(40).as_str(),
            "排".repeat(40).as_str(),
            "[x]:*?",
        ]
        .map(sheet);
        let names = sheet_names(&given);
        assert_eq!(names[..4], ["Ranking", "ranking 2", "a-b", "-"]);
        assert_eq!(names[6], "-x----");
        for name in &names {
            rust_xlsxwriter::check_sheet_name(name).expect("a name");
        }
    }

    #[test]
    fn the_best_tier_is_green_and_the_worst_red() {
        let colours = |of: usize| (0..of).map(|place| tier_colour(place, of)).collect::<Vec<_>>();
        assert_eq!(colours(3), [TIERS[0], TIERS[2], TIERS[4]]);
        assert_eq!(colours(5), TIERS);
        assert_eq!(colours(1), [TIERS[0]]);
        assert_eq!(colours(7).last(), Some(&TIERS[4]));
    }
}
