//! The transcripts of both READMEs, run as they stand there.

use std::path::Path;

#[test]
fn transcripts_are_what_the_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::set_current_dir(&root).expect("the repository's root is there");
    for (file, language) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        trycmd::TestCases::new()
            .register_bin("gangmu", Path::new(env!("CARGO_BIN_EXE_gangmu")))
            .env("GANGMU_INDEX", "tests/no-index-here")
            .env("GANGMU_LANG", language)
            .case(file);
    }
}
