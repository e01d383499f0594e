//! Fields: an instruction, and the words that stand for its result.

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result has begun.
    shown: bool,
    /// Whether it is a table of contents.
    contents: bool,
}

/// Fields inside each other that are told apart; no document has so many.
const DEEPEST: usize = 64;

/// The fields that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many are open beyond the deepest.
    n_beyond: usize,
}

impl Fields {
    pub(super) fn begin(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Field::default());
        } else {
            self.n_beyond += 1;
        }
    }

    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|_| self.n_beyond == 0) {
            field.shown = true;
            field.contents = field.instruction.trim_start().starts_with("TOC");
        }
    }

    /// Ends the innermost field. Returns the words of one that Word draws from its
    /// instruction alone: a digit in a circle.
    pub(super) fn end(&mut self) -> Option<String> {
        if self.n_beyond > 0 {
            self.n_beyond -= 1;
            return None;
        }
        let field = self.open.pop()?;
        if field.shown || !self.are_shown() { None } else { drawn(&field.instruction) }
    }

    /// Takes characters of an instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.shown
        {
            field.instruction.push_str(text);
        }
    }

    /// Whether text that stands here is seen.
    pub(super) fn are_shown(&self) -> bool {
        self.open.iter().all(|field| field.shown)
    }

    /// Whether text that stands here is of a table of contents.
    pub(super) fn are_contents(&self) -> bool {
        self.open.iter().any(|field| field.contents)
    }

    /// Ends fields without a result: no instruction goes beyond its paragraph.
    pub(super) fn end_paragraph(&mut self) {
        self.open.retain(|field| field.shown);
    }
}

/// Returns what an EQ field draws: `eq \o\ac(○,21)` is 21 in a circle, of
/// `eq \o\ad(\s\up 9(pīn),拼)` the last is the sign itself.
fn drawn(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    if !instruction.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("eq")) {
        return None;
    }
    let inside = instruction[instruction.find('(')? + 1..].strip_suffix(')')?;
    let last = inside.rsplit([',', ';', '，']).next()?.trim();
    if !inside.starts_with(['○', '〇', '◯']) {
        return (!last.contains('\\')).then(|| last.to_owned());
    }
    let ascii = |ch: char| match ch {
        '０'..='９' => char::from_u32(ch as u32 - 0xff10 + 0x30).unwrap_or(ch),
        _ => ch,
    };
    let number: Option<u32> = last.chars().map(ascii).collect::<String>().parse().ok();
    let circled = number.and_then(|number| match number {
        1..=20 => char::from_u32(0x2460 + number - 1),
        21..=35 => char::from_u32(0x3251 + number - 21),
        36..=50 => char::from_u32(0x32b1 + number - 36),
        _ => None,
    });
    Some(circled.map_or_else(|| last.to_owned(), |ch| ch.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_results_are_shown() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct(" PAGEREF _Toc1 ");
        assert!(!fields.are_shown());
        fields.separate();
        assert!(fields.are_shown());
        fields.begin();
        assert!(!fields.are_shown());
        assert_eq!(fields.end(), None);
        assert_eq!(fields.end(), None);
        assert!(fields.are_shown() && fields.end().is_none());
        fields.begin();
        fields.end_paragraph();
        assert!(fields.are_shown());
    }

    #[test]
    fn a_number_in_a_circle_is_a_sign() {
        assert_eq!(drawn(r" eq \o\ac(○,1)").as_deref(), Some("①"));
        assert_eq!(drawn(r" eq \o\ac(○,21)").as_deref(), Some("㉑"));
        assert_eq!(drawn(r" eq \o\ac(○,３6) ").as_deref(), Some("㊱"));
        assert_eq!(drawn(r#"EQ \* jc2 \o\ad(\s\up 9(pīn),拼)"#).as_deref(), Some("拼"));
        assert_eq!(drawn(" PAGE "), None);
    }
}
