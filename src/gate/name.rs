//! Codes as names of files. The author of a project chooses its codes, so that a code must never be a path.

/// A code as part of a file's name: letters and digits of any language, `-`, `_`, and a full stop that is not the first
/// are not changed; every byte of any other character becomes `%` and two digits. No code gives the name of another code,
/// of a folder above, or of a path.
pub fn file_name(code: &str) -> String {
    let mut name = String::new();
    for (at, c) in code.char_indices() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') || (c == '.' && at > 0) {
            name.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                name.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    name
}

/// The code that a file is named after; a name that does not come from a code stands for itself.
pub fn code_of(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_files() {
        for (code, name) in [
            ("official-2008", "official-2008"),
            ("v1.2", "v1.2"),
            ("熵权", "熵权"),
            ("../up", "%2E.%2Fup"),
            ("..", "%2E."),
            ("/abs", "%2Fabs"),
            ("C:\\x", "C%3A%5Cx"),
            ("a b%", "a%20b%25"),
            ("NUL\0", "NUL%00"),
            ("“", "%E2%80%9C"),
        ] {
            assert_eq!(file_name(code), name);
            assert_eq!(code_of(name), code);
        }
        assert_eq!(code_of("100%"), "100%");
        assert_eq!(code_of("%FF"), "%FF");
    }

    proptest! {
        #[test]
        fn no_code_is_a_path(code in "\\PC*|[./\\\\:%\0a]{0,8}") {
            let name = file_name(&code);
            prop_assert_eq!(code_of(&name), code.clone());
            let parts: Vec<Component<'_>> = Path::new(&name).components().collect();
            match parts.as_slice() {
                [] => prop_assert!(code.is_empty()),
                [Component::Normal(part)] => prop_assert_eq!(*part, name.as_str()),
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
