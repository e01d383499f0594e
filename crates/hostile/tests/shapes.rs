//! Every hostile shape, large enough to overflow a stack that grows with it.

use gangmu_hostile::{SHAPES, check};

/// Elements of a shape in a test.
const MANY: usize = 500;

/// Elements of a shape that nests: a stack that grows with it overflows.
const DEEP: usize = 20_000;

#[test]
fn hostile_shapes_lose_nothing() {
    for shape in SHAPES {
        let many = if shape.name.contains("nested") { DEEP } else { MANY };
        check(&(shape.write)(many.min(shape.full)));
    }
}
