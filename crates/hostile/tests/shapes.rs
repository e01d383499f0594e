//! Every hostile shape, large enough to overflow a stack that grows with it.

use gangmu_hostile::{SHAPES, check};

/// Elements of a shape in a test: nesting as deep overflows any stack.
const MANY: usize = 20_000;

#[test]
fn hostile_shapes_lose_nothing() {
    for shape in SHAPES {
        check(&(shape.write)(MANY.min(shape.full)));
    }
}
