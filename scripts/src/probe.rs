#[test]
fn probe() {
    let host = crate::Host::new(None, crate::Limits::default());
    for line in std::fs::read_to_string("/tmp/probe.txt").unwrap().lines().filter(|l| !l.is_empty()) {
        let text = format!("fn treat(x) {{ x }}\nfn example() {{ let x = column([1, 4, 2, ()]); let m = matrix([[1,2],[3,4]]); let mask = x > 1; {line}; #{{ column: [1], expected: [1] }} }}");
        let source = std::sync::Arc::new(quanheng_core::method::Source { name: "p".into(), text });
        let say = |f: &quanheng_core::method::ProgramFault| format!("{} | {:?}", f.what, f.hint);
        let said = match crate::Script::compile(&host, source) {
            Err(f) => f.iter().map(say).collect::<Vec<_>>().join(" && "),
            Ok(s) => match s.examples() { Ok(_) => "ok".into(), Err(f) => say(&f) },
        };
        println!("{line}\n      {said}");
    }
}
