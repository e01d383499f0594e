//! Pages whose words do not run to the right.

use unpdf::parser::TextSpan;
use unpdf::parser::backend::PageBox;

/// Which way the letters of a line follow each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Right,
    Up,
    Left,
    Down,
}

impl Direction {
    /// Returns the direction of words that stand along an edge of the page.
    pub(super) fn of([x, y]: [f32; 2]) -> Option<Self> {
        const NEARLY: f32 = 0.98;
        if x > NEARLY {
            Some(Self::Right)
        } else if x < -NEARLY {
            Some(Self::Left)
        } else if y > NEARLY {
            Some(Self::Up)
        } else if y < -NEARLY {
            Some(Self::Down)
        } else {
            None
        }
    }

    /// Returns the direction of most letters: a page set across its paper is turned
    /// as a whole.
    pub(super) fn of_most(spans: &[TextSpan]) -> Self {
        let all = [Self::Right, Self::Up, Self::Down, Self::Left];
        let n_letters = |direction: &Self| {
            let along = spans.iter().filter(|span| Self::of(span.direction) == Some(*direction));
            along.map(|span| span.text.chars().count()).sum::<usize>()
        };
        // The first of equal ones is the usual one.
        all.into_iter().rev().max_by_key(n_letters).unwrap_or(Self::Right)
    }

    /// Returns how a page is turned for its words to run to the right: a b c d e f;
    /// `None` where they do.
    pub(super) fn matrix(self) -> Option<[f32; 6]> {
        match self {
            Self::Right => None,
            Self::Up => Some([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            Self::Down => Some([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            Self::Left => Some([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
        }
    }

    /// Returns where the paper lies once it is turned.
    pub(super) fn turned(self, paper: PageBox) -> PageBox {
        let Some([a, b, c, d, ..]) = self.matrix() else { return paper };
        let place = |x: f32, y: f32| (a * x + c * y, b * x + d * y);
        let (one, other) = (place(paper.llx, paper.lly), place(paper.urx, paper.ury));
        PageBox {
            llx: one.0.min(other.0),
            lly: one.1.min(other.1),
            urx: one.0.max(other.0),
            ury: one.1.max(other.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_lies_where_its_words_run_to_the_right() {
        let paper = PageBox { llx: 0.0, lly: 10.0, urx: 595.0, ury: 852.0 };
        for (direction, wide, left) in [
            (Direction::Right, 595.0, 0.0),
            (Direction::Up, 842.0, 10.0),
            (Direction::Down, 842.0, -852.0),
            (Direction::Left, 595.0, -595.0),
        ] {
            let turned = direction.turned(paper);
            assert_eq!((turned.width(), turned.llx), (wide, left), "{direction:?}");
            let along = match direction {
                Direction::Right => [1.0, 0.0],
                Direction::Up => [0.0, 1.0],
                Direction::Down => [0.0, -1.0],
                Direction::Left => [-1.0, 0.0],
            };
            assert_eq!(Direction::of(along), Some(direction));
            let [a, b, c, d, ..] = direction.matrix().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
            let [x, y] = along;
            assert_eq!((a * x + c * y, b * x + d * y), (1.0, 0.0), "{direction:?}");
        }
    }
}
