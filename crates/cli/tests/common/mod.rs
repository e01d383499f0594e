//! Runs of the command in-process, over files in a folder of their own.

use std::fs;
use std::path::Path;

use gangmu::{Exit, Language, Terminal};
use tempfile::TempDir;

/// What one run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A folder of files, and an index directory beside them.
pub(crate) struct Folder {
    directory: TempDir,
    language: Language,
}

impl Folder {
    /// Makes a folder of files, given by path and content.
    pub(crate) fn new<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let directory = TempDir::new().unwrap();
        for (path, content) in files {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self { directory, language: Language::English }
    }

    /// Has the command speak a language.
    #[allow(dead_code, reason = "not every test asks for one")]
    pub(crate) fn speaking(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Runs the command on a terminal of so many columns.
    #[allow(dead_code, reason = "not every test asks for one")]
    pub(crate) fn run_at(&self, line: &str, columns: usize) -> Run {
        self.run_on(line, b"", Some(columns))
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Runs the command. In `line`, words are parted by blanks and `@` stands
    /// for the folder's path. In what it prints, the path is `@` again.
    pub(crate) fn run(&self, line: &str) -> Run {
        self.run_with_input(line, "")
    }

    /// Runs the command with a text on standard input.
    pub(crate) fn run_with_input(&self, line: &str, input: &str) -> Run {
        self.run_on(line, input.as_bytes(), None)
    }

    /// Runs the command with bytes on standard input.
    #[allow(dead_code, reason = "not every test asks for it")]
    pub(crate) fn run_with_bytes(&self, line: &str, input: &[u8]) -> Run {
        self.run_on(line, input, None)
    }

    fn run_on(&self, line: &str, mut input: &[u8], columns: Option<usize>) -> Run {
        let folder = self.path().to_str().unwrap();
        let words = ["gangmu"].into_iter().chain(line.split_whitespace());
        let args = words.map(|word| word.replace('@', folder).into());
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut terminal = Terminal {
            input: &mut input,
            out: &mut out,
            err: &mut err,
            columns,
            color: false,
            progress: false,
            language: self.language,
        };
        let exit = gangmu::run(args, &mut terminal);
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(folder, "@");
        Run { exit, out: text(out), err: text(err) }
    }
}

#[allow(dead_code, reason = "not every test asks for it")]
/// Two short documents, one of each of two provinces.
pub(crate) fn documents() -> Folder {
    Folder::new(&[("docs/liaoning.txt", LIAONING), ("docs/zhejiang.md", ZHEJIANG)])
}

#[allow(dead_code, reason = "not every test asks for it")]
pub(crate) const LIAONING: &str = "\
辽宁省人民政府关于加强林草保护的实施意见

为贯彻落实《关于全面加强林草保护的意见》,提出以下意见。

一、加强国土绿化

(一)推进造林绿化。实施重点工程,推进黑土地保护。到2027年,全省森林覆盖率达到42.5%以上;到2035年,绿色屏障全面建成。(牵头单位:省林草局;责任单位:省发展改革委、省财政厅等)

(二)治理黑臭水体。统筹推进城乡治理。到2025年,城市黑臭水体消除比例不低于90%。(省生态环境厅、省住房城乡建设厅按职责分工负责)

二、加强组织领导

(三)压实责任。各级党委和政府要加强领导。
";

#[allow(dead_code, reason = "not every test asks for it")]
pub(crate) const ZHEJIANG: &str = "\
浙江省人民政府关于培育开源体系的实施意见

一、总体要求

到2027年,培育开源项目100个以上。

二、主要任务

(一)建设开源社区。支持企业建设开源社区,推进黑土地数据开放。(牵头单位:省发展改革委;责任单位:省经信厅)
";
