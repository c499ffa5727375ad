use super::*;

#[test]
fn lists_read_as_in_a_sentence() {
    let items: Vec<String> = ["A", "B", "C"].map(str::to_owned).to_vec();
    assert_eq!(listed(&items, Language::En), "A, B and C");
    assert_eq!(listed(&items, Language::Zh), "A、B和C");
    assert_eq!(listed(&items[..1], Language::Zh), "A");
}

#[test]
fn what_is_wrong_is_left_out() {
    let text = "a {{ x }} b {{ y }}";
    assert_eq!(without(text, &(5..6)).as_deref(), Some("a {# x #} b {{ y }}"));
    assert_eq!(without("{% for x in y %}", &(12..13)), None);
}

/// Each word is listed once.
#[test]
fn words_have_one_meaning() {
    let mut seen = std::collections::BTreeSet::new();
    for name in language::names() {
        assert!(seen.insert(name), "{name} stands twice");
    }
}
