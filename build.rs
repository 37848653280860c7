//! Builds again when a migration is added: the folder is embedded, and nothing else would notice.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
