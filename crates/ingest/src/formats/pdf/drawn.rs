//! The straight lines that a page draws.

use unpdf::parser::backend::{ContentOp, PdfValue};

use crate::paged::N_RULINGS;

/// A place on a page, in its own units.
type Point = (f32, f32);

/// How high or wide an area is at most that is painted to be a line.
const THIN: f32 = 3.0;

/// How a page's units lie in those of its paper: a b c d e f.
type Turn = [f32; 6];

const PLAIN: Turn = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Lines inside each other's states, above which states are no longer kept.
const N_STATES: usize = 256;

/// What is being drawn.
#[derive(Default)]
struct Path {
    lines: Vec<(Point, Point)>,
    /// Corners of areas of which one side is short.
    bars: Vec<(Point, Point)>,
    /// The corners of the part being drawn.
    corners: Option<(Point, Point)>,
    start: Point,
    at: Point,
}

/// Returns the lines that operators draw, each from where to where; none where
/// there are more than any table has.
pub(super) fn lines(operators: &[ContentOp]) -> Vec<(Point, Point)> {
    let mut drawn = Vec::new();
    let mut turn = PLAIN;
    let mut states = Vec::new();
    let mut path = Path::default();
    for operator in operators {
        let n: Vec<f32> = match operator.operator.as_str() {
            "q" | "Q" | "h" | "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n" => {
                Vec::new()
            }
            "cm" | "m" | "l" | "c" | "v" | "y" | "re" => {
                operator.operands.iter().map(number).collect()
            }
            _ => continue,
        };
        match (operator.operator.as_str(), &n[..]) {
            ("q", _) if states.len() < N_STATES => states.push(turn),
            ("Q", _) => turn = states.pop().unwrap_or(turn),
            ("cm", &[a, b, c, d, e, f]) => turn = within([a, b, c, d, e, f], turn),
            ("m", &[x, y]) => path.begin(placed(turn, (x, y))),
            ("l", &[x, y]) => path.line(placed(turn, (x, y))),
            ("c", &[.., x, y]) | ("v", &[.., x, y]) | ("y", &[.., x, y]) => {
                path.at = placed(turn, (x, y));
            }
            ("h", _) => path.line(path.start),
            ("re", &[x, y, wide, high]) => {
                path.begin(placed(turn, (x, y)));
                for corner in [(x + wide, y), (x + wide, y + high), (x, y + high), (x, y)] {
                    path.line(placed(turn, corner));
                }
            }
            ("S" | "B" | "B*", _) => drawn.append(&mut path.end().lines),
            ("s" | "b" | "b*", _) => {
                path.line(path.start);
                drawn.append(&mut path.end().lines);
            }
            ("f" | "F" | "f*", _) => drawn.append(&mut path.end().bars),
            ("n", _) => path = Path::default(),
            _ => {}
        }
        if drawn.len().max(path.lines.len()) > N_RULINGS {
            return Vec::new();
        }
    }
    drawn
}

impl Path {
    fn begin(&mut self, at: Point) {
        self.end_part();
        self.corners = Some((at, at));
        (self.start, self.at) = (at, at);
    }

    fn line(&mut self, to: Point) {
        self.lines.push((self.at, to));
        self.at = to;
        if let Some((low, high)) = &mut self.corners {
            *low = (low.0.min(to.0), low.1.min(to.1));
            *high = (high.0.max(to.0), high.1.max(to.1));
        }
    }

    fn end_part(&mut self) {
        let is_thin = |(low, high): &(Point, Point)| (high.0 - low.0).min(high.1 - low.1) <= THIN;
        self.bars.extend(self.corners.take().filter(is_thin));
    }

    fn end(&mut self) -> Self {
        self.end_part();
        std::mem::take(self)
    }
}

fn number(value: &PdfValue) -> f32 {
    match value {
        PdfValue::Integer(number) => *number as f32,
        PdfValue::Real(number) => *number,
        _ => 0.0,
    }
}

fn placed([a, b, c, d, e, f]: Turn, (x, y): Point) -> Point {
    (a * x + c * y + e, b * x + d * y + f)
}

/// Returns the turn of units that lie so in units that are turned themselves.
fn within([a, b, c, d, e, f]: Turn, outer: Turn) -> Turn {
    let (e, f) = placed(outer, (e, f));
    let [oa, ob, oc, od, ..] = outer;
    [a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e, f]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(drawing: &str) -> Vec<ContentOp> {
        let mut operands = Vec::new();
        let mut operators = Vec::new();
        for word in drawing.split(' ') {
            match word.parse() {
                Ok(number) => operands.push(PdfValue::Real(number)),
                Err(_) => operators.push(ContentOp::new(word, std::mem::take(&mut operands))),
            }
        }
        operators
    }

    #[test]
    fn lines_thin_areas_and_sides_are_drawn() {
        let drawn = |drawing| lines(&operators(drawing));
        assert_eq!(
            drawn("q 2 0 0 -2 10 100 cm 5 5 m 25 5 l S Q 0 0 m 9 0 l n"),
            [((20.0, 90.0), (60.0, 90.0))]
        );
        assert_eq!(
            drawn("5 5 80 0.5 re 5 50 80 40 re f* 0 0 1 1 re W n"),
            [((5.0, 5.0), (85.0, 5.5))]
        );
        assert_eq!(drawn("0 0 30 20 re S").len(), 4);
        assert_eq!(drawn("0 0 m 30 0 l 30 20 l s").len(), 3);
        assert_eq!(drawn(&"0 0 m 30 0 l S ".repeat(N_RULINGS + 1)), []);
    }
}
