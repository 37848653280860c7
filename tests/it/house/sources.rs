//! The files under `src`, as the house rules read them: without comments and without tests.

use std::fs;
use std::path::Path;

/// One file of `src`.
pub struct SourceFile {
    /// Its path below `src`, such as `app/lookup/mod.rs`.
    pub path: String,
    /// The names of the modules it lies in, from the crate's root: `["app", "lookup"]`.
    pub module: Vec<String>,
    /// Its lines up to its tests, comments and all.
    pub lines: usize,
    /// Its code, without comments and tests.
    pub code: String,
}

impl SourceFile {
    /// The module right below the crate's root that the file belongs to; `None` for the root itself.
    pub fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    fn new(path: String, text: &str) -> Self {
        let text = without_tests(text);
        Self {
            module: module_of(&path),
            lines: text.lines().count(),
            code: without_comments(&text),
            path,
        }
    }
}

/// Every file under `src` that is part of the program.
pub fn all() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if is_program(&path) {
                let text = fs::read_to_string(&path).expect("a file that can be read");
                let below = path.strip_prefix(&root).expect("below src");
                files.push(SourceFile::new(below.display().to_string(), &text));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn is_program(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|end| end == "rs") && !name.ends_with("tests")
}

fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/')
        .filter(|name| !matches!(*name, "lib" | "main"))
        .map(str::to_owned)
        .collect()
}

/// Tests stand at the end of a file.
fn without_tests(text: &str) -> String {
    let before = text.lines().take_while(|line| *line != "#[cfg(test)]");
    before.collect::<Vec<_>>().join("\n")
}

/// Cuts `// …`, but not the `//` of an address such as `https://…`.
fn without_comments(text: &str) -> String {
    let code_of = |line: &str| {
        let comment = line
            .match_indices("//")
            .find(|(at, _)| !line[..*at].ends_with(':'));
        comment.map_or(line, |(at, _)| &line[..at]).to_owned()
    };
    text.lines().map(code_of).collect::<Vec<_>>().join("\n")
}

#[test]
fn comments_and_tests_are_no_code() {
    let text = "//! About crate::cli.\nuse a::b; // not crate::app\nlet x = \"https://c::d\";\n\
                #[cfg(test)]\nmod tests {}";
    let file = SourceFile::new("app/lookup/mod.rs".to_owned(), text);
    assert_eq!(file.code, "\nuse a::b; \nlet x = \"https://c::d\";");
    assert_eq!((file.lines, file.room()), (3, Some("app")));
    assert_eq!(file.module, ["app", "lookup"]);
}
