//! Small projects that use what the project file offers, each with figures that can be worked out by hand.

use std::path::Path;
use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::Evaluation;

/// Writes a project, opens it.
fn open(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Resolved) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let resolved = project::open(folder.path()).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    (folder, resolved)
}

/// The evaluation of a methodology that must have one.
pub(crate) fn evaluate(resolved: &Resolved, code: &str) -> Evaluation {
    Evaluation::new(Arc::clone(&resolved.study), resolved.methodologies[code].clone())
        .unwrap_or_else(|e| {
            panic!(
                "{}",
                resolved.evaluation_problems(code, e).render(quanheng_words::Language::En, false)
            )
        })
}

/// The scores of a node by region code, in the order of the panel.
fn scores(evaluation: &Evaluation, node: &str) -> Vec<(String, f64)> {
    let study = evaluation.study();
    let node = evaluation.methodology().system.find(node).expect("a node");
    let values = evaluation.scores(node).values();
    let code = |row: usize| study.regions[study.panel.regions()[row].0 as usize].code.clone();
    (0..study.panel.rows()).map(|row| (code(row), values[row])).collect()
}

const REGIONS: &[u8] = "code,name,level,area\n01,甲,city,east\n02,乙,city,west\n03,丙,county,east\n04,丁,county,west\n".as_bytes();
const TREE: &[u8] = b"code,parent,weight,direction\nindex,,,\na,index,0.5,\nx,a,0.25,1\ny,a,0.75,-1\nz,index,0.5,1\n";
const VALUES: &[u8] = b"region,x,y,z\n04,4,0,40\n03,3,3,10\n02,2,2,20\n01,0,4,0\n";

fn project(methodology: &str) -> Vec<u8> {
    format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[group.area]\ncolumn = \"area\"\n\
         [system.s]\ntree = \"tree.csv\"\n{methodology}"
    )
    .into_bytes()
}

#[test]
fn overrides_of_level_node_and_leaf() {
    let toml = project(
        "[methodology.m]\nnormalisation = { method = \"min_max\", at = { z = { method = \"min_max\", upper = 10 }, \
         a = { method = \"min_max\", upper = 100 }, y = { method = \"min_max\", upper = 4 }, leaves = \"rank\" } }\n\
         weighting = \"given\"\naggregation = { method = \"minimum\", at = { index = \"arithmetic\" } }\n\
         [methodology.n]\nextends = \"m\"\naggregation = { method = \"arithmetic\", at = { level1 = \"maximum\" } }\n"
            .replace("maximum", "minimum")
            .as_str(),
    );
    let (_folder, resolved) = open(&[
        ("quanheng.toml", &toml),
        ("regions.csv", REGIONS),
        ("tree.csv", TREE),
        ("values.csv", VALUES),
    ]);
    for code in ["m", "n"] {
        let e = evaluate(&resolved, code);
        let of = |node: &str| scores(&e, node).into_iter().map(|(_, x)| x).collect::<Vec<_>>();
        assert_eq!(of("x"), [0.0, 50.0, 75.0, 100.0], "below a: to 100");
        assert_eq!(of("y"), [0.0, 2.0, 1.0, 4.0], "its own choice: to 4, less is better");
        assert_eq!(of("z"), [0.0, 5.0, 2.5, 10.0]);
        assert_eq!(of("a"), [0.0, 2.0, 1.0, 4.0], "the least of x and y");
        assert_eq!(of("index"), [0.0, 3.5, 1.75, 7.0]);
    }
}

#[test]
fn leagues_with_full_marks_and_tiers_of_their_own() {
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
        [league.cities]\nwhere = \"level == 'city'\"\n\
        [league.counties]\nwhere = \"level == 'county'\"\nfull_marks = { x = 30, z = 120 }\n\
        tiering = { method = \"cut_points\", cuts = [50], labels = [\"高\", \"低\"] }\n\
        [methodology.m]\nnormalisation = \"none\"\nweighting = \"full_marks\"\naggregation = \"sum\"\n\
        tiering = { method = \"cut_points\", cuts = [20], labels = [\"A\", \"C\"] }\n";
    let tree = b"code,parent,full_marks\nindex,,\nx,index,20\nz,index,80\n";
    let (_folder, resolved) = open(&[
        ("quanheng.toml", toml.as_bytes()),
        ("regions.csv", REGIONS),
        ("tree.csv", tree),
        ("values.csv", VALUES),
    ]);
    let e = evaluate(&resolved, "m");
    let root = e.methodology().system.root();
    assert_eq!(
        scores(&e, "index"),
        [("01", 0.0), ("02", 22.0), ("03", 13.0), ("04", 44.0)].map(|(c, x)| (c.to_owned(), x))
    );
    assert_eq!(e.ranks(), [2.0, 1.0, 2.0, 1.0]);
    assert_eq!(e.rate_of_attainment(1, root), Some(0.22));
    assert_eq!(e.rate_of_attainment(3, root), Some(44.0 / 150.0), "a county's full marks");
    let label =
        |row: usize| e.tier_labels(row)[usize::from(e.tiers()[row].expect("a tier"))].as_str();
    assert_eq!([0, 1, 2, 3].map(label), ["C", "A", "低", "低"]);
}

#[test]
fn the_four_states_stay_apart() {
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n\
        states = { missing = [\"\", \"…\"], not_applicable = [\"不适用\"], withheld = [\"*\"] }\n\
        [system.s]\ntree = \"tree.csv\"\n\
        [methodology.mean]\nimputation = \"mean\"\nnormalisation = \"min_max\"\nweighting = \"equal\"\n\
        [methodology.carried]\nextends = \"mean\"\nimputation = \"renormalise\"\n";
    let values = "region,x,y,z\n01,0,4,0\n02,…,2,20\n03,3,*,10\n04,4,0,不适用\n";
    let (_folder, resolved) = open(&[
        ("quanheng.toml", toml.as_bytes()),
        ("regions.csv", REGIONS),
        ("tree.csv", TREE),
        ("values.csv", values.as_bytes()),
    ]);
    use quanheng_core::model::State;
    let e = evaluate(&resolved, "mean");
    let states = |k: usize| [0, 1, 2, 3].map(|row| e.indicators().column(k).state(row));
    assert_eq!(states(0)[1], State::Missing);
    assert_eq!(states(1)[2], State::Withheld);
    assert_eq!(states(2)[3], State::NotApplicable);
    assert_eq!(e.complete().columns()[0].values()[1], 7.0 / 3.0);
    assert_eq!(e.complete().columns()[2].state(3), State::NotApplicable, "never imputed");
    let e = evaluate(&resolved, "carried");
    assert_eq!(e.complete().columns()[0].state(1), State::Missing);
    let index = scores(&e, "index");
    assert_eq!(index[3].1, scores(&e, "a")[3].1, "the index of 04 rests on `a` alone");
}

/// A project of one indicator, its tables of regions and values in an encoding, with more in `[data]`.
fn small(
    label: &str,
    data: &str,
    regions: Option<&str>,
    values: &[&str],
) -> Vec<(String, Vec<u8>)> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label");
    let encode = |text: &str| {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{text}");
        bytes.into_owned()
    };
    let names: Vec<String> = (1..=values.len()).map(|k| format!("v{k}.csv")).collect();
    let listed = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let of_regions = regions.map_or("", |_| "regions = \"r.csv\"\n");
    let toml = format!(
        "[data]\n{of_regions}values = [{listed}]\n{data}\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\n"
    );
    let leaves: String = (b'a'..).take(2).map(|leaf| format!("{},index\n", leaf as char)).collect();
    let mut files = vec![
        ("quanheng.toml".to_owned(), toml.into_bytes()),
        ("tree.csv".to_owned(), format!("code,parent\nindex,\n{leaves}").into_bytes()),
    ];
    files.extend(regions.map(|text| ("r.csv".to_owned(), encode(text))));
    files.extend(names.into_iter().zip(values.iter().map(|text| encode(text))));
    files
}

/// The regions with their first value: code, name, value.
fn regions_of(files: &[(String, Vec<u8>)]) -> String {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (_folder, resolved) = open(&files);
    let study = &resolved.study;
    let mut lines: Vec<String> = Vec::new();
    let e = evaluate(&resolved, "m");
    for (row, region) in study.panel.regions().iter().enumerate() {
        let region = &study.regions[region.0 as usize];
        let values = e.indicators().columns().iter().map(|column| column.values()[row].to_string());
        lines.push(format!(
            "{} {} {}",
            region.code,
            region.name("zh"),
            values.collect::<Vec<_>>().join(" ")
        ));
    }
    lines.sort();
    lines.join("\n")
}

#[test]
fn names_are_keys_where_stated() {
    let regions =
        "code,name,alias\n110000,北京,\n120000,天津,\n150000,内蒙古,\nKR,韩国,南韩；大韩民国\n";
    let values = "region,a,b\n北　京,1,2\n天津市,3,4\n内蒙古自治区,5,6\n大韩民国,7,8\n";
    let expected = "110000 北京 1 2\n120000 天津 3 4\n150000 内蒙古 5 6\nKR 韩国 7 8";
    assert_eq!(regions_of(&small("utf-8", "match = \"name\"", Some(regions), &[values])), expected);
    // Codes are keys all the same.
    let values = values.replace("天津市", "120000");
    assert_eq!(
        regions_of(&small("utf-8", "match = \"name\"", Some(regions), &[&values])),
        expected
    );
    // Two files, without a table of regions: one region each.
    let (first, second) =
        ("region,a\n北京,10\n内蒙古,70\n", "region,b\n北京市,10\n内蒙古自治区,60\n");
    let data = "match = \"name\"\nnames = \"china-provinces\"";
    let expected = "110000 北京 10 10\n150000 内蒙古 70 60";
    assert_eq!(regions_of(&small("utf-8", data, None, &[first, second])), expected);
    // Names of countries, for regions with codes of another kind.
    let data = "match = \"name\"\nnames = \"countries\"";
    let (regions, values) =
        ("code\nKR\nCI\n", "region,a,b\n\"Korea, Rep.\",1,2\nCôte d’Ivoire,3,4\n");
    assert_eq!(regions_of(&small("utf-8", data, Some(regions), &[values])), "CI CI 3 4\nKR KR 1 2");
    // A column says in which city a region lies.
    let regions = "code,name,parent\n1,鼓楼区,南京市\n2,鼓楼区,福州市\n";
    let values = "region,city,a,b\n鼓楼区,福州,1,2\n鼓楼,南京市,3,4\n";
    let data = "match = \"name\"\nparent = \"city\"";
    assert_eq!(
        regions_of(&small("utf-8", data, Some(regions), &[values])),
        "1 鼓楼区 3 4\n2 鼓楼区 1 2"
    );
}

#[test]
fn every_encoding_is_read_where_it_is_stated() {
    let files = [
        ("big5", "台北市", "新北市"),
        ("shift_jis", "北海道", "ﾄｳｷｮｳ"),
        ("euc-kr", "서울특별시", "부산광역시"),
        ("cp1251", "Москва", "Казань"),
        ("latin1", "Köln", "München"),
        ("gb2312", "甲", "乙"),
        ("koi8-r", "Самара", "Омск"),
    ];
    for (label, first, second) in files {
        let regions = format!("code,name\n1,{first}\n2,{second}\n");
        let stated = format!("encoding = \"{label}\"");
        let values = "region,a,b\n1,1,2\n2,3,4\n";
        let expected = format!("1 {first} 1 2\n2 {second} 3 4");
        assert_eq!(regions_of(&small(label, &stated, Some(&regions), &[values])), expected);
    }
}

#[test]
fn a_tree_is_read_as_it_states_or_as_the_data() {
    for (label, name, of_tree, of_data) in [
        ("latin1", "Büro", "encoding = \"latin1\"", ""),
        ("gbk", "甲", "encoding = \"gb18030\"", ""),
        ("gbk", "甲", "", "encoding = \"gb18030\""),
        ("utf-8", "甲", "", "encoding = \"gb18030\""),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label");
        let between = if of_tree.is_empty() { "" } else { ", " };
        let toml = format!(
            "[data]\nvalues = \"v.csv\"\n{of_data}\n[system.s]\ntree = {{ file = \"tree.csv\"{between}{of_tree} }}\n\
             [methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\n"
        );
        let tree = format!("code,parent,name\nindex,,{name}\na,index,{name}\n");
        let tree = encoding.encode(&tree).0.into_owned();
        let files: [(&str, &[u8]); 3] = [
            ("quanheng.toml", toml.as_bytes()),
            ("tree.csv", &tree),
            ("v.csv", b"region,a\n1,1\n2,2\n"),
        ];
        let (_folder, resolved) = open(&files);
        let system = &resolved.methodologies["m"].system;
        assert_eq!(system.node(system.find("a").expect("a leaf")).names.get("zh"), Some(name));
    }
}

#[test]
fn tables_as_chinese_excel_writes_them() {
    let plain = [
        ("regions.csv", REGIONS.to_vec()),
        ("tree.csv", TREE.to_vec()),
        ("values.csv", VALUES.to_vec()),
    ];
    let toml = project("[methodology.m]\nnormalisation = \"min_max\"\n");
    let expected = {
        let mut files = vec![("quanheng.toml", toml.as_slice())];
        files.extend(plain.iter().map(|(n, b)| (*n, b.as_slice())));
        let (_folder, resolved) = open(&files);
        scores(&evaluate(&resolved, "m"), "index")
    };
    let gbk = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).expect("UTF-8").replace('\n', "\r\n");
        encoding_rs::GBK.encode(&text).0.into_owned()
    };
    let marked = |bytes: &[u8]| [b"\xef\xbb\xbf", bytes].concat();
    let semicolons = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        text.replace(',', ";").replace('.', ",").into_bytes()
    };
    let tabs = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).expect("UTF-8").replace(',', "\t");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xff\xfe".as_slice(), &wide].concat()
    };
    type Form<'a> = (&'a str, &'a dyn Fn(&[u8]) -> Vec<u8>, &'a str);
    let forms: [Form; 4] = [
        ("GBK", &gbk, "encoding = \"gbk\"\n"),
        ("UTF-8 with a mark", &marked, ""),
        ("semicolons and decimal commas", &semicolons, "decimal = \",\"\n"),
        ("UTF-16 with tabs", &tabs, ""),
    ];
    for (form, write, more) in forms {
        let toml = String::from_utf8(toml.clone()).expect("UTF-8");
        let toml = toml.replace("[group", &format!("{more}[group"));
        let regions = write(&plain[0].1);
        let values = write(&plain[2].1);
        let (_folder, resolved) = open(&[
            ("quanheng.toml", toml.as_bytes()),
            ("regions.csv", &regions),
            ("tree.csv", TREE),
            ("values.csv", &values),
        ]);
        assert_eq!(scores(&evaluate(&resolved, "m"), "index"), expected, "{form}");
        assert_eq!(resolved.study.regions[0].name("zh"), "甲", "{form}");
    }
}

#[test]
fn a_workbook_keeps_codes_and_numbers() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("说明").expect("a name");
    let sheet = book.add_worksheet();
    sheet.set_name("2020").expect("a name");
    for (k, head) in ["region", "x", "y", "z"].iter().enumerate() {
        sheet.write(0, k as u16, *head).expect("written");
    }
    for (i, (code, x)) in [
        ("04", [4.0, 0.0, 40.0]),
        ("03", [3.0, 3.0, 10.0]),
        ("02", [2.0, 2.0, 20.0]),
        ("01", [0.0, 4.0, 0.0]),
    ]
    .iter()
    .enumerate()
    {
        sheet.write(i as u32 + 1, 0, *code).expect("written");
        for (k, x) in x.iter().enumerate() {
            sheet.write(i as u32 + 1, k as u16 + 1, *x).expect("written");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let toml = String::from_utf8(project("[methodology.m]\nnormalisation = \"min_max\"\n"))
        .expect("UTF-8");
    let toml = toml.replace("\"values.csv\"", "{ file = \"values.xlsx\", sheet = \"2020\" }");
    let (_folder, resolved) = open(&[
        ("quanheng.toml", toml.as_bytes()),
        ("regions.csv", REGIONS),
        ("tree.csv", TREE),
        ("values.xlsx", &bytes),
    ]);
    let e = evaluate(&resolved, "m");
    assert_eq!(scores(&e, "z")[3], ("04".to_owned(), 1.0));
    let study = &resolved.study;
    let place = resolved.place("x", study.region("03").expect("it"), study.panel.periods()[0]);
    assert!(place.expect("a place").ends_with("values.xlsx 2020!B3"));
}

/// `--json` was what `show` and `methods` took before they had the option of all other commands.
#[test]
fn the_former_json_option_names_the_new_one() {
    for arguments in [&["methods", "--json"][..], &["show", "examples/asem", "NLD", "--json"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains("--format json"), "{words}");
        let mut renewed = arguments.to_vec();
        renewed.splice(arguments.len() - 1.., ["--format", "json"]);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(renewed)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        let _: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    }
}

#[test]
fn the_new_project_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_quanheng");
    let target = folder.path().join("我的 指数");
    let run = |arguments: &[&std::ffi::OsStr]| {
        let done = std::process::Command::new(program).args(arguments).output().expect("it starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    run(&["new".as_ref(), target.as_ref()]);
    run(&["check".as_ref(), target.as_ref()]);
    let out = folder.path().join("out");
    let text = run(&[
        "run".as_ref(),
        target.as_ref(),
        "-m".as_ref(),
        "all".as_ref(),
        "--out".as_ref(),
        out.as_ref(),
    ]);
    assert_eq!(text.matches("较 2024 变化").count(), 3, "{text}");
    let written: Vec<_> = ["official", "entropy", "geometric"]
        .iter()
        .flat_map(|m| {
            std::fs::read_dir(out.join(m)).expect("a folder").map(|e| e.expect("it").path())
        })
        .filter(|path: &std::path::PathBuf| path.extension().is_none_or(|e| e != "parquet"))
        .collect();
    // Beside the twelve of each: how entropy came to its weights.
    assert_eq!(written.len(), 3 * 12 + 1, "{written:?}");
    let ranked = std::fs::read_to_string(out.join("official/tiering.csv")).expect("text");
    assert!(ranked.starts_with("\u{feff}league,period,code,name,rank,score,tier\n"), "{ranked}");
    assert!(Path::new(&out.join("official/result.xlsx")).metadata().expect("it").len() > 5000);
}

/// A script in each stage, with a module, settings, `at`, groups and facts; figures by hand.
#[test]
fn scripts_in_every_stage() {
    let toml = project(
        "[methodology.m]\nimputation = { script = \"impute.rhai\", group = \"area\" }\n\
         treatment = { script = \"treat.rhai\", most = 30 }\n\
         normalisation = { script = \"normalise.rhai\", at = { z = { method = \"min_max\", upper = 10 } } }\n\
         weighting = { method = \"given\", at = { a = \"script:weights.rhai\" } }\n\
         aggregation = { method = \"arithmetic\", at = { index = \"script:aggregate.rhai\" } }\n\
         tiering = \"script:tiers.rhai\"\n",
    );
    let (_folder, resolved) = open(&[
        ("quanheng.toml", &toml),
        ("regions.csv", REGIONS),
        ("tree.csv", TREE),
        ("values.csv", b"region,x,y,z\n04,4,0,40\n03,3,3,10\n02,2,2,20\n01,,4,0\n"),
        (
            "impute.rhai",
            b"const GROUP = required(\"group\", \"text\");\n\
              fn impute(x, at) { x.or(x.mean_by(at.regions.group(GROUP))) }\n",
        ),
        (
            "treat.rhai",
            b"import \"lib/draw\" as draw;\nconst MOST = setting(\"most\", 100.0);\n\
              fn treat(x) { draw::down(x, MOST) }\n",
        ),
        (
            "lib/draw.rhai",
            b"const LEAST = -1000;\nfn bounded(x, most) { x.clamp(LEAST, most) }\n\
              fn down(x, most) { bounded(x, most) }\n",
        ),
        ("normalise.rhai", b"fn normalise(x, at) { (x * at.direction).min_max() }\n"),
        ("weights.rhai", b"fn weights(siblings) { siblings.stated * siblings.stated }\n"),
        (
            "aggregate.rhai",
            "fn aggregate(children) {\n    // Whoever has nothing of z has nothing at all.\n    \
             let veto = children[\"z\"] == 0;\n    \
             children.scores.scale_columns(children.weights).row_sums().replace(veto, 0)\n}\n"
                .as_bytes(),
        ),
        (
            "tiers.rhai",
            b"fn tiers(scores, at) {\n    let east = at.regions.has(\"area\", \"east\");\n    \
              east.choose(1, 2).as_tiers().label([\"E\", \"W\"])\n}\n",
        ),
    ]);
    let e = evaluate(&resolved, "m");
    let of = |node: &str| scores(&e, node).into_iter().map(|(_, x)| x).collect::<Vec<_>>();
    // x of 01 is the mean of the east, that is 03's: 3.
    assert_eq!(of("x"), [0.5, 0.0, 0.5, 1.0]);
    assert_eq!(of("y"), [0.0, 0.5, 0.25, 1.0], "less is better");
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    // 40 was drawn to 30.
    of("z").into_iter().zip([0.0, 20.0 / 3.0, 10.0 / 3.0, 10.0]).for_each(|(a, b)| near(a, b));
    // Weights 1/4 and 3/4 squared: 0.1 and 0.9.
    near(of("a")[1], 0.45);
    near(of("index")[0], 0.0);
    near(of("index")[3], 0.5 * 1.0 + 0.5 * 10.0);
    assert_eq!(e.tiers(), [Some(0), Some(1), Some(0), Some(1)]);
    assert_eq!(e.tier_labels(0), ["E", "W"]);
    assert_eq!(resolved.scripts.len(), 6);
}

/// A system made of raw columns, with states, leagues of its own, and another one made of it.
#[test]
fn systems_by_script() {
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n\
        [system.rates]\nscript = \"rates.rhai\"\nbonus = 0.9\n\
        [system.recut]\nbase = \"rates\"\nscript = \"recut.rhai\"\n\
        [methodology.m]\nsystem = \"rates\"\nimputation = \"renormalise\"\nnormalisation = \"none\"\naggregation = \"sum\"\n\
        ranking = { then = \"solved\" }\n\
        [methodology.n]\nextends = \"m\"\nsystem = \"recut\"\n";
    let (folder, resolved) = open(&[
        ("quanheng.toml", toml.as_bytes()),
        ("regions.csv", REGIONS),
        (
            "values.csv",
            b"region,cases,solved,pleased,fairly\n01,10,5,4,2\n02,0,0,0,0\n03,20,20,10,10\n04,8,4,4,4\n",
        ),
        (
            "rates.rhai",
            "/// What a half-pleased answer counts for.\nconst BONUS = setting(\"bonus\", 1.0, 0, 1);\n\
             fn system() {\n    tree(\"index\")\n        \
             .add(#{ code: \"solved\", parent: \"index\", unit: \"points\", full_marks: 60, \
                      from: [\"solved\", \"cases\"], by: |raw| ratio(raw.solved, raw.cases).points(60) })\n        \
             .add(#{ code: \"pleased\", parent: \"index\", unit: \"points\", full_marks: 40, \
                      from: [\"pleased\", \"fairly\", \"cases\"], by: pleased })\n}\n\
             fn pleased(raw) { ratio(raw.pleased + BONUS * raw.fairly, raw.cases).points(40) }\n\
             fn leagues(regions) {\n    let city = regions.has(\"level\", \"city\");\n    \
             #{ cities: city, counties: #{ where: !city, name: \"县\", full_marks: #{ solved: 90 } } }\n}\n"
                .as_bytes(),
        ),
        (
            "recut.rhai",
            b"fn system(base) { base.regroup(#{ effect: [\"pleased\"], effort: [\"solved\"] }) }\n",
        ),
    ]);
    let e = evaluate(&resolved, "m");
    let row = |code: &str| scores(&e, "index").iter().position(|(c, _)| c == code).expect("a row");
    let at = |node: &str, code: &str| scores(&e, node)[row(code)].1;
    assert_eq!(at("solved", "01"), 30.0);
    assert!((at("pleased", "01") - (4.0 + 0.9 * 2.0) / 10.0 * 40.0).abs() < 1e-12);
    let node = e.methodology().system.find("solved").expect("a leaf");
    let state = e.scores(node).state(row("02"));
    assert_eq!(state, quanheng_core::model::State::NotApplicable, "no cases, no question");
    assert_eq!(resolved.study.leagues.len(), 2);
    assert_eq!(resolved.study.leagues[1].names.get("zh"), Some("县"));
    assert_eq!(e.rate_of_attainment(row("03"), node), Some(60.0 / 90.0));
    let recut = evaluate(&resolved, "n");
    let codes: Vec<&str> =
        recut.methodology().system.nodes().iter().map(|n| n.code.as_str()).collect();
    assert_eq!(codes, ["index", "effect", "pleased", "effort", "solved"]);
    let solved = recut.methodology().system.find("solved").expect("a leaf");
    assert_eq!(recut.scores(solved), e.scores(node));
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .arg("show")
        .arg(folder.path())
        .args(["01", "--lang", "en"])
        .output()
        .expect("it starts");
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    assert!(
        text.contains("solved, cases: ") && text.contains("values.csv:2\n"),
        "{text}{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// What a methodology says does not depend on how it is written; and whatever a result can feel is in it.
#[test]
fn one_canonical_form() {
    let tree = "code,parent,weight,direction\nindex,,,\na,index,0.5,\nx,a,0.25,1\ny,a,0.75,-1\nz,index,0.5,1\n";
    let methodologies = "[methodology.m]\n\
        aggregation = { method = \"geometric\", at = { a = \"arithmetic\" } }\n\
        normalisation = { method = \"min_max\", lower = 1, upper = 100 }\n\
        [methodology.levels]\n# The same, said otherwise.\n\
        normalisation = { upper = 100, lower = 1.0, method = \"min_max\", at = { leaves = { method = \"min_max\", lower = 1, upper = 100 } } }\n\
        aggregation = { method = \"arithmetic\", at = { level0 = { method = \"geometric\", zeros = \"refuse\" } } }\n\
        treatment = [\"none\", \"none\"]\nranking = { tolerance = 0, ties = \"competition\" }\n\
        [methodology.other]\nextends = \"m\"\nranking = { ties = \"dense\" }\n\
        [methodology.script]\nextends = \"m\"\nweighting = \"script:w.rhai\"\n";
    let script = "import \"lib\" as lib;\n/// Equal.\nfn weights(siblings) { lib::same(siblings) }\n\
        fn example() { #{ scores: [[0.0, 1.0]], weights: [1.0] } }\n";
    let module = "fn same(siblings) { siblings.scores.map_columns(|x| 1.0) }\n";
    let form = |methodologies: &str, tree: &str, module: &str| {
        let methodologies = methodologies.replace("level0", "index");
        let (_folder, resolved) = open(&[
            ("quanheng.toml", &project(&methodologies)),
            ("regions.csv", REGIONS),
            ("tree.csv", tree.as_bytes()),
            ("values.csv", VALUES),
            ("w.rhai", script.as_bytes()),
            ("lib.rhai", module.as_bytes()),
        ]);
        let study = Arc::clone(&resolved.study);
        move |code: &str| resolved.methodologies[code].canonical(&study)
    };
    let of = form(methodologies, tree, module);
    assert_eq!(of("m"), of("levels"));
    assert_ne!(of("m")["ranking"], of("other")["ranking"]);
    assert_eq!(of("m")["aggregation"], of("other")["aggregation"]);
    let renamed = form(methodologies, &tree.replace("0.25", "0.20"), module);
    assert_ne!(of("m")["system"], renamed("m")["system"], "a weight");
    let turned = "code,parent,weight,direction\nz,index,0.5,1\nindex,,,\na,index,0.5,\nx,a,0.25,1\ny,a,0.75,-1\n";
    assert_ne!(
        of("m")["system"],
        form(methodologies, turned, module)("m")["system"],
        "siblings' order"
    );
    let edited = form(methodologies, tree, &module.replace("1.0", "2.0"));
    assert_ne!(
        of("script")["weighting"],
        edited("script")["weighting"],
        "a module that it imports"
    );
    assert_eq!(of("m")["weighting"], edited("m")["weighting"]);
}
