//! `docs/notes.md`: the kinds of notes.

use super::KINDS;

const HEAD: &str = "# Notes

A note says what a careful reader must know and no rule forbids: that a region has no data in the period that is shown, that cells were filled in, that two ranks differ only in digits that nobody prints. Notes change no result and no exit code.

- `quanheng check` evaluates every methodology and shows all notes.
- `quanheng run` counts them below the table and names their codes.
- `run --out` writes them: `notes` in result.json, a sheet in the workbook, notes.csv. There each note has everything that it is about, and where a note is silenced, the reason. The cells that were filled in or changed stand in changed_cells, one by one.

A *warning* may be a mistake, or it may mislead a reader. A *remark* is good to know.

A note is right and yet intended where a project says so. The table `[notes]` of the project file silences notes by their code, each with a reason:

```toml
[notes]
constant_indicator = \"all provinces reached 100 % in 2020\"
total_row = { of = \"EU27\", reason = \"the mean is ranked for comparison\" }
empty_tier = [
    { of = \"low\", reason = \"the cut points are those of the UNDP\" },
    { of = [\"D\", \"E\"], reason = \"grades of an earlier edition\" },
]
```

A silenced note is still counted and written to the files. A silence that silences nothing is itself a note.

| code | level | what it says | `of` names |
|---|---|---|---|
";

/// The document as text.
pub fn document() -> String {
    let mut text = HEAD.to_owned();
    for kind in KINDS {
        let (of, level) = (kind.of.words(), kind.level.name());
        text.push_str(&format!("| `{}` | {level} | {} | {of} |\n", kind.code, kind.summary));
    }
    text
}
